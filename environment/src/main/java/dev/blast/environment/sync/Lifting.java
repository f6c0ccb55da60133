package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Lift;
import dev.blast.solver.Note;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.search.CandidateFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What comes of the holds that a person lifts by name.
 *
 * @param denied the first version that no lift lets through; then nothing is to be done
 * @param remarks on lifts without effect, a sentence each
 * @param held those that lift a hold
 */
record Lifting(Optional<SyncResult.Denied> denied, List<String> remarks, List<Lift> held) {

    /** Asks the rules about each, as a sync asks them. */
    static Lifting of(Inquiry inquiry, Index index) throws EnvironmentException, IndexException {
        List<Lift> lifts = sorted(inquiry.job().options().lifts());
        List<String> remarks = new ArrayList<>();
        List<Lift> held = new ArrayList<>();
        if (lifts.isEmpty()) {
            return new Lifting(Optional.empty(), remarks, held);
        }
        try {
            var request = inquiry.request(Strategy.STABLE, Map.of(), Map.of());
            var facts = new CandidateFacts(request, index);
            for (Lift lift : lifts) {
                Version version = Objects.requireNonNull(lift.version());
                Optional<Candidate> candidate = facts.of(lift.name(), version);
                if (candidate.isEmpty()) {
                    remarks.add(option(lift) + ": there is no such version");
                    continue;
                }
                Judgement judgement =
                        inquiry.job().policy().judge(candidate.get(), inquiry.context());
                switch (judgement.outcome()) {
                    case DENIED -> {
                        return new Lifting(
                                Optional.of(new SyncResult.Denied(lift.name(), version, judgement)),
                                remarks,
                                held);
                    }
                    case HELD -> held.add(lift);
                    case ALLOWED -> remarks.add(option(lift) + ": no rule holds it");
                    case RECORDED, FROZEN, STOPPED ->
                            throw new IllegalStateException("no violation is lifted: " + lift);
                }
            }
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
        return new Lifting(Optional.empty(), remarks, held);
    }

    /** The remarks, and one on each version that was not chosen though its hold was lifted. */
    List<String> remarks(Resolution resolution) {
        List<String> all = new ArrayList<>(remarks);
        for (Lift lift : held) {
            boolean chosen =
                    resolution.notes().stream()
                            .anyMatch(note ->
                                    note
                                                    instanceof
                                                    Note.Lifted(
                                                            PackageName name,
                                                            Version version,
                                                            _)
                                            && name.equals(lift.name())
                                            && Objects.equals(version, lift.version()));
            if (!chosen) {
                all.add(
                        option(lift)
                                + resolution
                                        .pin(lift.name())
                                        .map(Pin::version)
                                        .map(it ->
                                                ": the hold is lifted, and %s is chosen all the same"
                                                        .formatted(it))
                                        .orElse(
                                                ": the hold is lifted, and nothing needs "
                                                        + lift.name()));
            }
        }
        return all;
    }

    private static String option(Lift lift) {
        return "--lift %s==%s".formatted(lift.name(), lift.version());
    }

    private static List<Lift> sorted(Set<Lift> lifts) {
        return lifts.stream()
                .sorted(
                        Comparator.comparing(Lift::name)
                                .thenComparing(it -> Objects.requireNonNull(it.version())))
                .toList();
    }
}
