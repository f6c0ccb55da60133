package dev.blast.environment.health;

import java.util.List;

/**
 * What {@code blast check} found about one side of an environment.
 *
 * @param subject such as {@code packages}, {@code requirements}, {@code lock}, {@code drift},
 *     {@code policy}, {@code store}
 * @param summary one line
 * @param evidence what it was seen by, a line each; for {@code --explain}
 * @param remedies commands that would mend it, the mildest first; empty where all is well
 */
public record Finding(
        String subject, Level level, String summary, List<String> evidence, List<String> remedies) {
    /**
     * {@code WARN}: works, and a person should look. {@code FAIL}: does not hold. Both make {@code
     * check} exit with 1.
     */
    public enum Level {
        OK,
        WARN,
        FAIL
    }

    public Finding {
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
    }

    static Finding ok(String subject, String summary) {
        return new Finding(subject, Level.OK, summary, List.of(), List.of());
    }
}
