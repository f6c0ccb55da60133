package dev.blast.rules.trial;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.mutant.Mutant;
import dev.blast.rules.mutant.Mutants;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.MutationReport.Unnoticed;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Changes rules one thing at a time, and sees whether the cases beside them notice. */
public final class MutationRun {
    private final Policy policy;

    /** Those that pass on the rules as they are, by what they ask. */
    private final Map<Question, List<TestCase>> cases = new HashMap<>();

    private final List<Unnoticed> unnoticed = new ArrayList<>();

    /** Cases for the changes that no case noticed, in the order in which they were found. */
    private final Map<String, TestCase> found = new LinkedHashMap<>();

    private int mutants;
    private int refused;

    private MutationRun(Policy policy) {
        this.policy = policy;
    }

    /**
     * Tries all changes of the rules that have tests.
     *
     * @param policies the files that the cases are about, together with whatever else is in force;
     *     they load, and the cases pass
     */
    public static MutationReport run(List<PolicyFile> policies, List<TestFile> files) {
        return switch (PolicyTests.load(policies)) {
            case Loading.Loaded(Policy policy) -> {
                var run = new MutationRun(policy);
                files.forEach(run::read);
                run.tryAll(PolicyTests.tested(files));
                yield new MutationReport(
                        run.mutants,
                        run.mutants - run.unnoticed.size(),
                        run.refused,
                        run.unnoticed.stream()
                                .sorted(Comparator.comparing(Unnoticed::origin))
                                .toList());
            }
            case Loading.Refused(List<Diagnostic> errors) ->
                    throw new IllegalArgumentException("policies that do not load: " + errors);
        };
    }

    private void read(TestFile file) {
        var run = new CaseRun(policy);
        for (TestCase it : CaseFile.read(file).cases()) {
            if (!notices(run, it)) {
                cases.computeIfAbsent(CaseRun.question(it.draft()), _ -> new ArrayList<>()).add(it);
            }
        }
    }

    /** Whether a case fails; one that cannot be asked does. */
    private static boolean notices(CaseRun run, TestCase it) {
        try {
            return PolicyTests.difference(it, run.ask(it)).isPresent();
        } catch (CaseFlaw | IllegalArgumentException _) {
            return true;
        }
    }

    private void tryAll(Set<String> tested) {
        var all = new Mutants();
        for (Question question : Questions.ALL) {
            for (Rule rule : policy.rules(question)) {
                if (tested.contains(rule.origin().file())) {
                    all.of(rule).forEach(this::tryOne);
                }
            }
        }
    }

    private void tryOne(Mutant mutant) {
        Rule changed = mutant.changed();
        if (changed != null
                && policy.with(mutant.rule(), changed) instanceof Loading.Loaded(Policy other)) {
            mutants++;
            var run = new CaseRun(other);
            boolean noticed =
                    Stream.of(mutant.rule().question(), changed.question())
                            .distinct()
                            .flatMap(question -> cases(question).stream())
                            .anyMatch(it -> notices(run, it));
            if (!noticed) {
                unnoticed.add(unnoticed(mutant, changed, other));
            }
        } else {
            refused++;
        }
    }

    private List<TestCase> cases(Question question) {
        return cases.getOrDefault(question, List.of());
    }

    /** A case that was found for an earlier change may do for this one too. */
    private Unnoticed unnoticed(Mutant mutant, Rule changed, Policy other) {
        var otherRun = new CaseRun(other);
        String witness =
                found.entrySet().stream()
                        .filter(it -> notices(otherRun, it.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseGet(() -> search(mutant, changed, other));
        boolean equal =
                witness.isEmpty()
                        && (Sameness.isProved(mutant.rule(), changed)
                                || Sameness.isProved(policy, other, mutant.rule().question()));
        return new Unnoticed(
                mutant.origin(), mutant.rule().name(), mutant.change(), equal, witness);
    }

    private String search(Mutant mutant, Rule changed, Policy other) {
        Question question = mutant.rule().question();
        String witness = new WitnessSearch(policy, other, mutant, changed, cases(question)).find();
        if (!witness.isEmpty()) {
            found.put(witness, WitnessSearch.read(witness));
        }
        return witness;
    }
}
