package dev.blast.enforcer.plan;

import dev.blast.enforcer.plan.HostFiles.Kind;
import dev.blast.enforcer.plan.PathDecision.Place;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's own root as a program finds it where nothing can be mounted: all links are
 * followed, all names can be listed, and Landlock gives what it has a rule for, if it is there.
 */
record Exposed(RootLayout layout, boolean landlock) {
    private static final Reason NOTHING_WITHHOLDS =
            Reason.ofBlast(
                    "neither namespaces nor Landlock", "open", "nothing withholds a path here");
    private static final Reason NAMES =
            Reason.ofBlast(
                    "the names in all folders", "open", "without namespaces nothing hides them");
    private static final Reason OF_PROC =
            Reason.ofBlast("/proc of the machine", "open", "without namespaces there is no other");

    PathDecision decide(Path path) {
        Resolution resolution = Resolution.of(path, layout.host());
        Path real = resolution.path();
        boolean there = resolution.file().isPresent();
        if (resolution.endless()) {
            return new PathDecision(
                    real, Place.ABSENT, false, false, false, List.of(Inside.ENDLESS));
        }
        Optional<Reason> hidden =
                layout.hidden().entrySet().stream()
                        .filter(it -> real.startsWith(it.getKey()))
                        .filter(it -> layout.host().at(it.getKey()).isPresent())
                        .map(Map.Entry::getValue)
                        .findFirst();
        if (!landlock) {
            return new PathDecision(
                    real, Place.OPEN, there, true, true, List.of(NOTHING_WITHHOLDS));
        }
        Optional<LandlockRule> rule = giving(real);
        if (rule.isPresent() && hidden.isPresent()) { // closed to this user anyway
            return new PathDecision(real, Place.HIDDEN, there, false, false, List.of(hidden.get()));
        }
        if (rule.isPresent()) {
            boolean own = real.startsWith(KernelsOwn.PROC);
            return new PathDecision(
                    real,
                    own ? Place.OWN : Place.GRANTED,
                    there,
                    true,
                    rule.get().reach() != LandlockRule.Reach.READ,
                    own ? List.of(OF_PROC) : reasons(rule.get()));
        }
        boolean folder = resolution.file().filter(it -> it.kind() == Kind.FOLDER).isPresent();
        return folder
                ? new PathDecision(real, Place.OPEN, there, true, false, List.of(NAMES))
                : new PathDecision(
                        real,
                        Place.ABSENT,
                        there,
                        false,
                        false,
                        hidden.map(List::of).orElseGet(() -> layout.leftOutReasons(path)));
    }

    /** The rule that gives most, and of these the nearest; more than names. */
    private Optional<LandlockRule> giving(Path real) {
        return layout.rules(false).stream()
                .filter(rule -> rule.reach() != LandlockRule.Reach.LIST)
                .filter(rule -> real.startsWith(rule.path()))
                .max(
                        Comparator.comparing(LandlockRule::reach)
                                .thenComparingInt(rule -> rule.path().getNameCount()));
    }

    private List<Reason> reasons(LandlockRule rule) {
        return layout.mounts()
                .nearest(rule.path())
                .map(mount -> mount.getValue().because())
                .orElse(List.of());
    }
}
