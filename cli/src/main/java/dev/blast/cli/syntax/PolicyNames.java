package dev.blast.cli.syntax;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names that {@code blast policy} takes, for completions: what they are is known to the rules
 * and to the distribution, which nobody who only completes a word has loaded.
 */
final class PolicyNames {
    /** Of the questions that rules answer. */
    static final List<String> QUESTIONS =
            words(
                    "session connect package advisory install build startup strategy repair layer violation");

    private static final List<String> COOKBOOK =
            words(
                    """
                    company-index cooldown gpu hashed-wheels inner-networks known-holes known-names
                    lookalikes model-hub no-copyleft no-debugging notebook-data offline-ci
                    old-machines one-api preferred-versions profiler release-lines repairs secrets
                    shared-files small-image startup-hooks strategy-by-branch test-limits variables
                    violations wheels-only
                    """);

    /** Of what {@code blast policy new} begins. */
    static final List<String> BEGINNINGS =
            Stream.concat(QUESTIONS.stream(), COOKBOOK.stream()).toList();

    private PolicyNames() {}

    private static List<String> words(String words) {
        return List.of(words.strip().split("\\s+"));
    }
}
