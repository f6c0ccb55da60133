package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** How much of what rules ask for confines a program: the step of the ladder. */
public sealed interface Ladder {

    /** Nothing can be started. */
    record None() implements Ladder {
        @Override
        public String title() {
            return "none";
        }
    }

    /**
     * Everything but these layers, each of which somebody can do without.
     *
     * @param layers in the order of the ladder; empty where nothing is missing
     */
    record Without(Set<SandboxLayer> layers) implements Ladder {
        public Without {
            Set<SandboxLayer> ordered = EnumSet.noneOf(SandboxLayer.class);
            ordered.addAll(layers);
            layers = Collections.unmodifiableSet(ordered);
        }

        @Override
        public String title() {
            return layers.isEmpty()
                    ? "full"
                    : "without "
                            + layers.stream()
                                    .map(SandboxLayer::title)
                                    .collect(Collectors.joining(", "));
        }
    }

    /** As people read it: {@code full}, {@code without cgroup}, {@code none}. */
    String title();

    default boolean isFull() {
        return this instanceof Without(Set<SandboxLayer> layers) && layers.isEmpty();
    }

    default boolean isNone() {
        return this instanceof None;
    }

    /**
     * Whether nobody can do without these together: where there are no namespaces, Landlock is all
     * that withholds paths, and the filter all that withholds sockets and other processes.
     */
    static boolean isTooLittle(Set<SandboxLayer> missing) {
        return missing.contains(SandboxLayer.USER_NAMESPACE)
                && (missing.contains(SandboxLayer.LANDLOCK)
                        || missing.contains(SandboxLayer.SECCOMP));
    }

    /**
     * The step where a machine gives this and rules want that. A control group that is not to be
     * had is done without unasked: something stands in for it.
     */
    static Ladder of(LayersOffered machine, LayersWanted rules) {
        if (!machine.starts()
                || isTooLittle(machine.missing())
                || !rules.accepted().containsAll(machine.missing())) {
            return new None();
        }
        Set<SandboxLayer> without = EnumSet.noneOf(SandboxLayer.class);
        without.addAll(machine.missing());
        if (!machine.controllers().containsAll(rules.controllers())) {
            without.add(SandboxLayer.CGROUP);
        }
        return new Without(without);
    }
}
