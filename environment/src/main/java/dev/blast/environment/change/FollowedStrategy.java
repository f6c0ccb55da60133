package dev.blast.environment.change;

import dev.blast.packaging.PackageName;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.StrategyChoice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A strategy that a sync followed, and who chose it. What the last change followed is kept, so that
 * a sync with nothing to do names it without asking a rule.
 *
 * @param packages that follow it; empty for the sync as a whole
 * @param group the dependency group or extra that all these packages were asked for in; empty where
 *     there is none
 */
public record FollowedStrategy(
        String name, List<PackageName> packages, String group, Chooser chooser) {
    private static final String FIELD = "\t";
    private static final String NOBODY = "default";
    private static final String PERSON = "command line";
    private static final String RULE = "rule";

    /** Who chose it. */
    public sealed interface Chooser {
        /** {@code --strategy}. */
        record CommandLine() implements Chooser {}

        /** Nobody did. */
        record Nobody() implements Chooser {}

        /**
         * A rule.
         *
         * @param rule its name
         * @param at its place: {@code policies/own.drl:3}
         * @param why its own words; empty where it has none
         * @param overruled the places of rules that chose another strategy and stand behind it
         */
        record ByRule(String rule, String at, String why, List<String> overruled)
                implements Chooser {
            public ByRule {
                overruled = List.copyOf(overruled);
            }

            private static ByRule of(Reason reason, List<Reason> overruled) {
                return new ByRule(
                        reason.rule(),
                        reason.origin().toString(),
                        reason.text(),
                        overruled.stream().map(Reason::origin).map(Origin::toString).toList());
            }
        }
    }

    public FollowedStrategy {
        packages = List.copyOf(packages);
    }

    /** Of the sync as a whole, as the command line has it. */
    public static FollowedStrategy asked(String name) {
        return new FollowedStrategy(name, List.of(), "", new Chooser.CommandLine());
    }

    /** Of the sync as a whole. */
    public static FollowedStrategy of(StrategyChoice.Chosen chosen) {
        return of(chosen, List.of(), "");
    }

    /** Of some packages. */
    public static FollowedStrategy of(
            StrategyChoice.Chosen chosen, List<PackageName> packages, String group) {
        return new FollowedStrategy(
                chosen.name(),
                packages,
                group,
                chosen.reason()
                        .<Chooser>map(reason -> Chooser.ByRule.of(reason, chosen.overruled()))
                        .orElseGet(Chooser.Nobody::new));
    }

    /** Reads what {@link #line} wrote. */
    static FollowedStrategy parse(String line) {
        List<String> fields = List.of(line.split(FIELD, -1));
        List<PackageName> packages =
                Arrays.stream(fields.get(1).split(" ", -1))
                        .filter(name -> !name.isEmpty())
                        .map(PackageName::new)
                        .toList();
        return new FollowedStrategy(
                fields.getFirst(),
                packages,
                fields.get(2),
                chooser(fields.subList(3, fields.size())));
    }

    private static Chooser chooser(List<String> fields) {
        return switch (fields.getFirst()) {
            case PERSON -> new Chooser.CommandLine();
            case NOBODY -> new Chooser.Nobody();
            case RULE ->
                    new Chooser.ByRule(
                            fields.get(1),
                            fields.get(2),
                            fields.get(3),
                            fields.subList(4, fields.size()));
            default ->
                    throw new IllegalArgumentException(
                            "'%s' chooses no strategy".formatted(fields.getFirst()));
        };
    }

    /** In one line; a tab in somebody's words becomes a blank. */
    String line() {
        List<String> own =
                List.of(
                        name,
                        String.join(" ", packages.stream().map(PackageName::normalized).toList()),
                        group);
        List<String> by =
                switch (chooser) {
                    case Chooser.CommandLine() -> List.of(PERSON);
                    case Chooser.Nobody() -> List.of(NOBODY);
                    case Chooser.ByRule(String rule, String at, String why, var overruled) ->
                            Stream.concat(Stream.of(RULE, rule, at, why), overruled.stream())
                                    .toList();
                };
        return Stream.concat(own.stream(), by.stream())
                .map(field -> field.replace(FIELD, " "))
                .collect(Collectors.joining(FIELD));
    }
}
