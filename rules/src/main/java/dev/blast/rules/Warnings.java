package dev.blast.rules;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.lint.Lint;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a reader of policy files should look at, though they load: files without rules, and what
 * {@link Lint} finds.
 */
final class Warnings {
    private Warnings() {}

    /** In the order of their places. */
    static List<Diagnostic> of(Collection<PolicyFile> files, Collection<Rule> rules) {
        List<Diagnostic> all = new ArrayList<>(Lint.of(rules));
        Set<PolicyFile> withRules =
                rules.stream().map(rule -> rule.source().file()).collect(Collectors.toSet());
        for (PolicyFile file : files) {
            if (!withRules.contains(file)) {
                var source = new Source(file);
                all.add(
                        source.diagnostic(
                                Code.NO_RULE_IN_FILE,
                                source.spanOfLine(1),
                                "no rule in this file"));
            }
        }
        return Diagnostic.inOrder(all);
    }
}
