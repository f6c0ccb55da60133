package dev.blast.cli.report;

import dev.blast.environment.health.Finding;
import java.util.List;

/**
 * What people see of one side of an environment.
 *
 * @param subject the side: {@code packages}, {@code lock}, {@code policy}, {@code sandbox}
 * @param summary one line
 * @param evidence what it was seen by, a line each; for {@code --explain}
 * @param remedies commands that would mend it, the mildest first; empty where all is well
 */
public record CheckLine(
        String subject,
        Finding.Level level,
        String summary,
        List<String> evidence,
        List<String> remedies) {

    public CheckLine {
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
    }

    /** One that says all in its summary, and asks for nothing. */
    public static CheckLine of(String subject, Finding.Level level, String summary) {
        return new CheckLine(subject, level, summary, List.of(), List.of());
    }

    static JsonObject json(CheckLine line) {
        return new JsonObject()
                .with("subject", line.subject())
                .with("level", line.level())
                .with("summary", line.summary())
                .with("evidence", line.evidence())
                .with("remedies", line.remedies());
    }
}
