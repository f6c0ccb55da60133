package dev.blast.solver.text;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Visible;
import dev.blast.solver.Proof;
import dev.blast.solver.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a {@link Proof} for people: the answer first, with what excludes each other, then the
 * statements with their sources in a column.
 */
public final class ProofText {
    /** The widest statement after which sources still stand in their column. */
    private static final int COLUMN = 60;

    /** Lines that are read before somebody asks for all. */
    private static final int LINES = 12;

    private ProofText() {}

    /** All of it, in lines that end with a line feed each. */
    public static String render(Proof proof) {
        return first(proof) + lines(proof);
    }

    /**
     * Twelve lines of it at most; of more, those that are nearest to what is asked for.
     *
     * @param rest who tells the rest
     */
    public static String brief(Proof proof, String rest) {
        return first(proof) + briefly(proof, ": " + rest);
    }

    /** The same of another conflict of the request. */
    public static String beside(Proof proof) {
        return "Besides, %s%n".formatted(Visible.of(conclusion(proof))) + briefly(proof, "");
    }

    private static String first(Proof proof) {
        return "No set of versions satisfies this project: %s%n"
                .formatted(Visible.of(conclusion(proof)));
    }

    private static String briefly(Proof proof, String rest) {
        List<Statement> all = proof.statements();
        if (all.size() < LINES) {
            return lines(proof, all);
        }
        List<Statement> told = nearest(proof, LINES - 2);
        return lines(proof, told)
                + "  … %d more lines%s%n".formatted(all.size() - told.size(), rest);
    }

    private static List<Statement> nearest(Proof proof, int count) {
        Map<PackageName, Integer> steps = steps(proof);
        return proof.statements().stream()
                .filter(statement -> !(statement instanceof Statement.Follows))
                .sorted(
                        Comparator.comparingInt(statement ->
                                steps.getOrDefault(statement.about().name(), Integer.MAX_VALUE)))
                .limit(count)
                .sorted(Comparator.comparingInt(Statement::number))
                .toList();
    }

    /** How many needs lead from what is asked for to each package, at least. */
    private static Map<PackageName, Integer> steps(Proof proof) {
        var steps = new HashMap<PackageName, Integer>();
        proof.core().forEach(root -> steps.put(root.requirement().name(), 0));
        for (int step = 0; steps.containsValue(step); step++) {
            for (Statement statement : proof.statements()) {
                if (statement instanceof Statement.Needs needs
                        && steps.getOrDefault(needs.about().name(), -1) == step) {
                    steps.putIfAbsent(needs.known().of().name(), step + 1);
                }
            }
        }
        return steps;
    }

    /** All of it without the first line, which is the answer. */
    public static String lines(Proof proof) {
        return lines(proof, proof.statements());
    }

    private static String lines(Proof proof, List<Statement> statements) {
        int column =
                statements.stream()
                        .mapToInt(statement ->
                                text(statement).lines().findFirst().orElse("").length())
                        .filter(length -> length <= COLUMN)
                        .max()
                        .orElse(0);
        var lines = new StringBuilder();
        int digits = String.valueOf(proof.statements().size()).length();
        for (Statement statement : statements) {
            List<String> text = text(statement).lines().toList();
            String line =
                    "  %%%dd. %%-%ds  %%s"
                            .formatted(digits, Math.max(column, 1))
                            .formatted(
                                    statement.number(),
                                    text.getFirst(),
                                    Visible.of(StatementText.source(statement)));
            lines.append(line.stripTrailing()).append('\n');
            for (String more : text.subList(1, text.size())) {
                lines.append(" ".repeat(digits + 6)).append(more.strip()).append('\n');
            }
        }
        return lines.toString();
    }

    /** A statement as one line of a proof or more, without its number and its source. */
    public static String text(Statement statement) {
        return statement instanceof Statement.Follows follows && !follows.from().isEmpty()
                ? "so %s (%s)"
                        .formatted(
                                StatementText.of(follows),
                                follows.from().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")))
                : StatementText.of(statement);
    }

    /** What cannot be met, or what excludes each other, with the places where it is asked for. */
    public static String conclusion(Proof proof) {
        List<String> names = proof.blamed().stream().map(ProofText::placed).toList();
        return names.size() == 1
                ? names.getFirst() + " cannot be met."
                : "%s exclude each other%s."
                        .formatted(
                                Phrases.listed(names, "and"),
                                proof.coreIsMinimal() ? "" : ", perhaps only some of them");
    }

    private static String placed(Proof.Blamed blamed) {
        return "%s (%s)".formatted(name(blamed), blamed.root().origin());
    }

    private static String name(Proof.Blamed blamed) {
        return blamed.as() == null
                ? blamed.root().requirement().toString()
                : Phrases.requirement(blamed.as(), blamed.root().requirement());
    }
}
