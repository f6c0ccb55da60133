package dev.blast.cli.report;

import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.change.FollowedStrategy.Chooser;
import dev.blast.environment.sync.LookedPast;
import dev.blast.packaging.PackageName;
import java.util.List;
import java.util.stream.Collectors;

/** Which strategies a sync followed, who chose them, and what they did with the lock. */
final class StrategyText {
    private static final int NAMED = 5;

    private StrategyText() {}

    /** A line for each. */
    static String lines(List<FollowedStrategy> strategies) {
        var text = new Page();
        for (FollowedStrategy strategy : strategies) {
            text.append("strategy ").line(of(strategy));
        }
        return text.toString();
    }

    /** {@code 'lowest' for numpy, scipy (policies/own.drl:18, they are slow to build)}. */
    static String of(FollowedStrategy strategy) {
        String group = strategy.group().isEmpty() ? "" : "group " + strategy.group() + ": ";
        String whom =
                strategy.packages().isEmpty() ? "" : " for " + group + names(strategy.packages());
        return "'%s'%s (%s)".formatted(strategy.name(), whom, by(strategy.chooser()));
    }

    /** Who chose it, and why. */
    static String by(Chooser chooser) {
        return switch (chooser) {
            case Chooser.CommandLine() -> "the command line";
            case Chooser.Nobody() -> "the default: no rule chooses one";
            case Chooser.ByRule(String rule, String at, String why, var overruled) ->
                    "%s, %s%s"
                            .formatted(
                                    at,
                                    why.isEmpty() ? "\"" + rule + "\"" : why,
                                    overruled.isEmpty()
                                            ? ""
                                            : "; before " + String.join(", ", overruled));
        };
    }

    private static String place(Chooser chooser) {
        return chooser instanceof Chooser.ByRule(_, String at, _, _) ? at : by(chooser);
    }

    private static String names(List<PackageName> packages) {
        String names =
                packages.stream()
                        .limit(NAMED)
                        .map(PackageName::normalized)
                        .collect(Collectors.joining(", "));
        int more = packages.size() - NAMED;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    static String of(LookedPast past) {
        FollowedStrategy strategy = past.strategy();
        return "the lock is looked past for %s: '%s' (%s) does not rank fewest-changes first; --frozen keeps it"
                .formatted(names(past.packages()), strategy.name(), place(strategy.chooser()));
    }

    static JsonObject json(FollowedStrategy strategy) {
        JsonObject json =
                new JsonObject()
                        .with("name", strategy.name())
                        .with("packages", words(strategy.packages()))
                        .with("group", strategy.group().isEmpty() ? null : strategy.group());
        return switch (strategy.chooser()) {
            case Chooser.CommandLine() -> json.with("by", "command line");
            case Chooser.Nobody() -> json.with("by", "default");
            case Chooser.ByRule(String rule, String at, String why, var overruled) ->
                    json.with("by", "rule")
                            .with("rule", rule)
                            .with("at", at)
                            .with("why", why)
                            .with("before", overruled);
        };
    }

    static JsonObject json(LookedPast past) {
        return new JsonObject()
                .with("strategy", past.strategy().name())
                .with("packages", words(past.packages()));
    }

    static List<String> words(List<PackageName> packages) {
        return packages.stream().map(PackageName::normalized).toList();
    }
}
