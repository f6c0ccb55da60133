package dev.blast.rules.trial;

import dev.blast.packaging.Visible;
import dev.blast.rules.source.Origin;
import java.util.List;

/**
 * What came of trying policies.
 *
 * @param rules how many rules the tested files hold
 * @param cases how many cases ran
 * @param failures those that came out otherwise, and the files that could not be read
 * @param gaps what no case covers
 */
public record TestReport(int rules, int cases, List<Failure> failures, List<Gap> gaps) {

    public TestReport {
        failures = List.copyOf(failures);
        gaps = List.copyOf(gaps);
    }

    /** Whether every case came out as expected, and every rule answered in one. */
    public boolean passed() {
        return failures.isEmpty() && untried().isEmpty();
    }

    /** The rules that answered in no case. */
    public List<Gap> untried() {
        return gaps.stream().filter(Gap::isOfRule).toList();
    }

    /**
     * One case that failed.
     *
     * @param file the test file
     * @param line where the case begins, or what is wrong in it
     * @param message what was expected and what came out
     * @param rules where the rules begin that decided instead, or that were expected to
     * @param explanation the whole of it, for people
     */
    public record Failure(
            String file,
            int line,
            int column,
            String name,
            String message,
            List<Origin> rules,
            String explanation) {
        public Failure {
            rules = List.copyOf(rules);
        }

        /** The case, the rules, the explanation. */
        public String render() {
            String which = name.isEmpty() ? "" : "case \"%s\": ".formatted(name);
            var out =
                    new StringBuilder(
                                    Visible.of(
                                            "%s:%d:%d: %s%s"
                                                    .formatted(file, line, column, which, message)))
                            .append('\n');
            rules.forEach(rule ->
                    out.append("  rule at ").append(Visible.of(rule.toString())).append('\n'));
            explanation.lines().forEach(it -> out.append("  ").append(it).append('\n'));
            return out.toString();
        }
    }

    /**
     * A rule that never fired, or a constraint that was not seen both true and false.
     *
     * @param what the rule's name or the constraint as written
     * @param missing {@code never fired}, {@code never seen false}, {@code never seen true}
     */
    public record Gap(Origin origin, String what, String missing) {
        static final String NEVER_FIRED = "never fired";

        boolean isOfRule() {
            return missing.equals(NEVER_FIRED);
        }
    }
}
