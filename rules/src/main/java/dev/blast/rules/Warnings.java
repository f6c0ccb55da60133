package dev.blast.rules;

import dev.blast.rules.checked.Contradictions;
import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Remarks;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader of policy files should look at, though they load: files without rules, constraints
 * that no fact can satisfy. On shipped rules our tests make them; when Blast runs they cannot have
 * any.
 */
final class Warnings {
    private Warnings() {}

    /** In the order of their places. */
    static List<Diagnostic> of(Collection<PolicyFile> files, Collection<Rule> rules) {
        var contradictions = new Contradictions();
        Map<PolicyFile, Findings> remarks = new LinkedHashMap<>();
        for (Rule rule : rules) {
            PolicyFile file = rule.source().file();
            Findings found = remarks.computeIfAbsent(file, _ -> new Findings());
            if (file.layer() != Layer.SHIPPED) {
                found.addAll(contradictions.in(rule));
                found.addAll(Remarks.in(rule));
                found.addAll(NotYet.in(rule));
            }
        }
        List<Diagnostic> all = new ArrayList<>();
        remarks.values().forEach(found -> all.addAll(found.inOrder()));
        for (PolicyFile file : files) {
            if (!remarks.containsKey(file)) {
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
