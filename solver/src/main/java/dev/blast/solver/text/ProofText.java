package dev.blast.solver.text;

import dev.blast.packaging.Visible;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a {@link Proof} for people: the answer first, then the statements with their sources in a
 * column, then what follows.
 */
public final class ProofText {
    /** The widest statement after which sources still stand in their column. */
    private static final int COLUMN = 60;

    private ProofText() {}

    /** Lines that end with a line feed each. */
    public static String render(Proof proof) {
        int column =
                proof.statements().stream()
                        .mapToInt(statement ->
                                text(statement).lines().findFirst().orElse("").length())
                        .filter(length -> length <= COLUMN)
                        .max()
                        .orElse(0);
        var lines = new StringBuilder("No set of versions satisfies this project.\n");
        int digits = String.valueOf(proof.statements().size()).length();
        for (Statement statement : proof.statements()) {
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
        return lines.append("  ").append(Visible.of(conclusion(proof))).append('\n').toString();
    }

    private static String text(Statement statement) {
        return statement instanceof Statement.Follows follows && !follows.from().isEmpty()
                ? "so %s (%s)"
                        .formatted(
                                StatementText.of(follows),
                                follows.from().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")))
                : StatementText.of(statement);
    }

    /** The last sentence: what cannot be met, or what excludes each other. */
    public static String conclusion(Proof proof) {
        Set<RootRequirement> shown = new HashSet<>();
        for (Statement statement : proof.statements()) {
            if (statement instanceof Statement.Asked asked) {
                shown.add(asked.root());
            }
        }
        List<String> names =
                proof.blamed().stream()
                        .map(blamed ->
                                shown.contains(blamed.root()) ? name(blamed) : placed(blamed))
                        .toList();
        if (names.size() == 1) {
            return "So %s cannot be met.".formatted(names.getFirst());
        }
        return "So %s and %s exclude each other%s."
                .formatted(
                        String.join(", ", names.subList(0, names.size() - 1)),
                        names.getLast(),
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
