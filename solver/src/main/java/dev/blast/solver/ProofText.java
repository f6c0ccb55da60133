package dev.blast.solver;

import dev.blast.packaging.Visible;
import java.util.List;
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
                                    Visible.of(statement.source()));
            lines.append(line.stripTrailing()).append('\n');
            for (String more : text.subList(1, text.size())) {
                lines.append(" ".repeat(digits + 6)).append(more.strip()).append('\n');
            }
        }
        return lines.append("  ").append(Visible.of(proof.conclusion())).append('\n').toString();
    }

    private static String text(Statement statement) {
        if (statement.from().isEmpty()) {
            return statement.text();
        }
        return "so %s (%s)"
                .formatted(
                        statement.text(),
                        statement.from().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")));
    }
}
