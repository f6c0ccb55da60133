package dev.blast.environment.advisories;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Advisory;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Advisories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The known holes of versions, parted by the rules into those that count and those that are set
 * aside. For any thread: what is read ahead is asked about too.
 */
public final class HolesInUse implements Advisories {
    private final AdvisorySet known;
    private final Policy policy;
    private final boolean rulesSpeak;
    private final Context context;
    private final Instant now;
    private final Map<PackageName, Version> inUse;
    private final Map<Chosen, Parted> parted = new ConcurrentHashMap<>();

    /**
     * @param context what is true for the rules
     * @param now from when ages count
     * @param inUse the versions installed, else locked
     */
    public HolesInUse(
            AdvisorySet known,
            Policy policy,
            Context context,
            Instant now,
            Map<PackageName, Version> inUse) {
        this.known = known;
        this.policy = policy;
        this.rulesSpeak = policy.isAbout(Advisory.class);
        this.context = context;
        this.now = now;
        this.inUse = Map.copyOf(inUse);
    }

    /**
     * The holes of one version.
     *
     * @param counting those that count, by id
     * @param aside those that a rule sets aside
     */
    public record Parted(List<Hole> counting, List<Aside> aside) {
        private static final Parted NONE = new Parted(List.of(), List.of());

        public Parted {
            counting = List.copyOf(counting);
            aside = List.copyOf(aside);
        }
    }

    private record Chosen(PackageName name, Version version) {}

    /** A hole that does not count, and the rule that says so. */
    public record Aside(Hole hole, Reason why) {}

    @Override
    public List<String> of(PackageName name, Version version) {
        return parted(name, version).counting().stream().map(Hole::id).toList();
    }

    @Override
    public boolean mends(PackageName name, Version version) {
        Version used = inUse.get(name);
        return used != null
                && parted(name, used).counting().stream()
                        .anyMatch(hole -> !hole.affected().contains(version));
    }

    /** The holes of a version, each asked about once. */
    public Parted parted(PackageName name, Version version) {
        List<Hole> holes = known.of(name);
        return holes.isEmpty()
                ? Parted.NONE
                : parted.computeIfAbsent(new Chosen(name, version), _ -> part(holes, version));
    }

    private Parted part(List<Hole> holes, Version version) {
        List<Hole> having =
                holes.stream().filter(hole -> hole.affected().contains(version)).toList();
        if (!rulesSpeak) {
            return new Parted(having, List.of());
        }
        List<Hole> counting = new ArrayList<>();
        List<Aside> aside = new ArrayList<>();
        for (Hole hole : having) {
            Judgement judgement = policy.judge(hole.of(version, now), context);
            if (judgement.allowed()) {
                aside.add(new Aside(hole, judgement.deciding().getFirst()));
            } else {
                counting.add(hole);
            }
        }
        return new Parted(counting, aside);
    }
}
