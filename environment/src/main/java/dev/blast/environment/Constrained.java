package dev.blast.environment;

import dev.blast.packaging.PackageName;
import dev.blast.rules.Context;
import dev.blast.rules.Judgement;
import dev.blast.rules.Layer;
import dev.blast.rules.Origin;
import dev.blast.rules.Outcome;
import dev.blast.rules.Policy;
import dev.blast.rules.Reason;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.Judge;
import dev.blast.solver.RootRequirement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rules' judge, and before it a project's constraints: versions that do not fit are denied with
 * the constraint's place.
 */
final class Constrained implements Judge {
    private final Map<PackageName, List<RootRequirement>> constraints;
    private final Policy policy;
    private final Context context;
    private final boolean givesPoints;

    Constrained(List<RootRequirement> constraints, Policy policy, Context context) {
        this.constraints =
                constraints.stream().collect(Collectors.groupingBy(c -> c.requirement().name()));
        this.policy = policy;
        this.context = context;
        this.givesPoints =
                policy.rules().stream()
                        .flatMap(rule -> rule.verbs().stream())
                        .anyMatch(verb -> verb.startsWith("prefer(") || verb.startsWith("avoid("));
    }

    @Override
    public Judgement judge(Candidate candidate) {
        for (RootRequirement constraint : constraints.getOrDefault(candidate.name(), List.of())) {
            if (!constraint.requirement().specifier().contains(candidate.version(), true)) {
                return denied(constraint);
            }
        }
        return policy.judge(candidate, context);
    }

    private static Judgement denied(RootRequirement constraint) {
        int colon = constraint.origin().lastIndexOf(':');
        var origin =
                new Origin(
                        constraint.origin().substring(0, colon),
                        Integer.parseInt(constraint.origin().substring(colon + 1)),
                        1);
        String text = "constraint " + constraint.requirement();
        var reason = new Reason(origin, text, Layer.PROJECT, "deny", text);
        return new Judgement(
                Outcome.DENIED,
                List.of(reason),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    @Override
    public boolean givesPoints() {
        return givesPoints;
    }
}
