package dev.blast.cli.report;

import org.jspecify.annotations.Nullable;

/** That what others had made of an environment is a generation now. */
final class FoundText {
    private FoundText() {}

    /**
     * Adds the line.
     *
     * @param found the generation; null where there was nothing, and nothing is added
     */
    static void add(@Nullable Integer found, Page text) {
        if (found != null) {
            text.append("what others had made of it since is kept as generation ")
                    .append(found)
                    .append(": blast rollback ")
                    .append(found)
                    .end();
        }
    }
}
