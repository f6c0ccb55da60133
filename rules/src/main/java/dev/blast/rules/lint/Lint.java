package dev.blast.rules.lint;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Remarks;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Looks over rules that load. On shipped rules our tests look; when Blast runs they are there as
 * what others collide with.
 */
public final class Lint {
    /** Claims, values and characters that are looked at in one go, some seconds at the most. */
    private static final long WORK = 5_000_000;

    private final Map<PolicyFile, Findings> found = new LinkedHashMap<>();
    private final Budget alone;
    private final Budget together;

    private Lint(long work) {
        alone = new Budget(work);
        together = new Budget(work);
    }

    /**
     * Everything that is found, file by file.
     *
     * @param rules by layer and origin
     */
    public static List<Diagnostic> of(Collection<Rule> rules) {
        return of(rules, WORK);
    }

    /** The same with so much work at the most, for rules alone and for rules together. */
    static List<Diagnostic> of(Collection<Rule> rules, long work) {
        var lint = new Lint(work);
        lint.look(rules);
        List<Diagnostic> all = new ArrayList<>();
        lint.found.values().forEach(it -> all.addAll(it.inOrder()));
        if (lint.alone.isSpent() || lint.together.isSpent()) {
            rules.stream()
                    .filter(rule -> rule.layer() != Layer.SHIPPED)
                    .findFirst()
                    .ifPresent(rule -> all.add(endedEarly(rule, rules.size())));
        }
        return all;
    }

    /** At the first rule of one's own: the others are meant as well. */
    private static Diagnostic endedEarly(Rule first, int rules) {
        return first.source()
                .diagnostic(
                        Code.LINT_ENDED_EARLY,
                        first.head(),
                        "looking over %,d rules ended early: there may be more to find"
                                .formatted(rules),
                        "rules that differ in one value are quicker as one rule: in ( … )");
    }

    private void look(Collection<Rule> rules) {
        Map<Question, List<RuleCondition>> byQuestion = new LinkedHashMap<>();
        for (Rule rule : rules) {
            if (rule.layer() == Layer.SHIPPED || !isDead(rule)) {
                List<RuleCondition> conditions =
                        byQuestion.computeIfAbsent(rule.question(), _ -> new ArrayList<>());
                conditions.add(new RuleCondition(conditions.size(), rule));
            }
        }
        Map<String, PolicyFile> files = new LinkedHashMap<>();
        rules.forEach(rule -> files.put(rule.origin().file(), rule.source().file()));
        byQuestion
                .values()
                .forEach(conditions ->
                        new Shadows(conditions, together)
                                .found()
                                .forEach(it ->
                                        in(Objects.requireNonNull(files.get(it.file()))).add(it)));
    }

    private Findings in(PolicyFile file) {
        return found.computeIfAbsent(file, _ -> new Findings());
    }

    /** Adds what is found in the rule by itself. */
    private boolean isDead(Rule rule) {
        Findings here = in(rule.source().file());
        Set<Span> told = new HashSet<>();
        List<Remarks.Remark> remarks = Remarks.in(rule);
        remarks.forEach(remark -> {
            told.add(remark.span());
            here.add(remark.diagnostic());
        });
        var alone = new NeverFires(rule, told, this.alone);
        here.addAll(alone.found());
        here.addAll(LoopbackByName.in(rule));
        here.addAll(NotYet.in(rule));
        return alone.isCertain();
    }
}
