package dev.blast.environment.sync;

import dev.blast.environment.change.FollowedStrategy;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The strategies of one sync while they are chosen: one for the whole, and those that rules choose
 * for single packages. For one thread.
 */
final class Selection {
    private final Strategy strategy;
    private final FollowedStrategy whole;
    private final Map<PackageName, Own> own = new TreeMap<>();

    /** What one package follows, and the group in which it is asked for; null for none. */
    private record Own(
            StrategyChoice.Chosen chosen, Strategy strategy, @Nullable ExtraName group) {}

    Selection(Strategy strategy, FollowedStrategy whole) {
        this.strategy = strategy;
        this.whole = whole;
    }

    Strategy strategy() {
        return strategy;
    }

    /**
     * Lets a package follow a strategy of its own.
     *
     * @return the rules that contradict each other, where the package is asked for twice and
     *     follows another strategy already; else nothing
     */
    List<StrategyChoice.Named> add(
            RootRequirement root, StrategyChoice.Chosen chosen, Strategy strategy) {
        Own before =
                own.putIfAbsent(root.requirement().name(), new Own(chosen, strategy, root.group()));
        return before == null || before.chosen().name().equals(chosen.name())
                ? List.of()
                : Stream.of(before.chosen(), chosen)
                        .flatMap(it ->
                                it.reason().stream()
                                        .map(rule -> new StrategyChoice.Named(it.name(), rule)))
                        .toList();
    }

    Map<PackageName, Strategy> perPackage() {
        Map<PackageName, Strategy> perPackage = new TreeMap<>();
        own.forEach((name, it) -> perPackage.put(name, it.strategy()));
        return perPackage;
    }

    Resolving.Followed followed() {
        List<FollowedStrategy> all = new ArrayList<>(List.of(whole));
        byRule().values().forEach(names -> all.add(followed(names)));
        return new Resolving.Followed(all, notKeeping().isEmpty());
    }

    /** The first that does not keep what is there. */
    Optional<FollowedStrategy> notKeeping() {
        return strategy.keepsCurrent()
                ? byRule().values().stream()
                        .filter(names -> !first(names).strategy().keepsCurrent())
                        .map(this::followed)
                        .findFirst()
                : Optional.of(whole);
    }

    /** The packages that follow one rule to one strategy stand together. */
    private Map<StrategyChoice.Chosen, Collection<PackageName>> byRule() {
        Map<StrategyChoice.Chosen, Collection<PackageName>> byRule = new LinkedHashMap<>();
        own.forEach(
                (name, it) -> byRule.computeIfAbsent(it.chosen(), _ -> new TreeSet<>()).add(name));
        return byRule;
    }

    private Own first(Collection<PackageName> names) {
        return Optional.ofNullable(own.get(names.iterator().next())).orElseThrow();
    }

    private FollowedStrategy followed(Collection<PackageName> names) {
        Own first = first(names);
        ExtraName group = first.group();
        if (group == null
                || !names.stream().allMatch(name -> group.equals(first(List.of(name)).group()))) {
            return FollowedStrategy.of(first.chosen(), List.copyOf(names), "");
        }
        return FollowedStrategy.of(first.chosen(), List.copyOf(names), group.normalized());
    }
}
