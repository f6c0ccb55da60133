package dev.blast.benchmarks;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.http.HttpIndex;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Improvement;
import dev.blast.solver.Optimum;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Resolver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the shipped strategies answer to real sets of requirements, first without the optimiser and
 * then with it, and how good an answer can be. Where a strategy keeps what is there, that are the
 * newest versions of a year before.
 *
 * <pre>{@code StrategyTable SETS POLICIES PYTHON INDEX-URL DAY [NAME...]}</pre>
 *
 * Prints a table in Markdown.
 */
public final class StrategyTable {
    private static final List<String> STRATEGIES =
            List.of("stable", "minimal-change", "newest", "lowest-direct", "light");

    /** Searches that may be made to prove what is the best. */
    private static final int SEARCHES = 400;

    private final Index now;
    private final Index before;
    private final Interpreter interpreter;
    private final Instant day;
    private final ShippedStrategies strategies;

    private StrategyTable(Index index, Interpreter interpreter, Instant day, Path policies)
            throws IOException {
        this.now = new RememberedIndex(new DatedIndex(index, day));
        this.before = new RememberedIndex(new DatedIndex(index, yearBefore(day)));
        this.interpreter = interpreter;
        this.day = day;
        this.strategies = ShippedStrategies.read(policies);
    }

    private static Instant yearBefore(Instant day) {
        return day.minusSeconds(365 * 24 * 3600);
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException, IndexException {
        Instant day = Instant.parse(arguments[4] + "T00:00:00Z");
        Path scratch = Files.createTempDirectory("strategies");
        var interpreters =
                new Interpreters(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        scratch,
                        List::of);
        if (!(interpreters.find(InterpreterRequest.parse(arguments[2]))
                instanceof InterpreterSearch.Found(Interpreter interpreter, var _))) {
            throw new IllegalArgumentException("there is no Python " + arguments[2]);
        }
        IndexConfiguration configuration =
                IndexConfiguration.of(IndexLocation.simple(URI.create(arguments[3])));
        List<String> wanted = Arrays.asList(arguments).subList(5, arguments.length);
        try (var index = new HttpIndex(configuration, cache())) {
            var table = new StrategyTable(index, interpreter, day, Path.of(arguments[1]));
            System.out.println(
                    "| set | strategy | packages | first answer | with the optimiser | found by | the best there is |");
            System.out.println("| --- | --- | ---: | --- | --- | --- | --- |");
            for (String line : Files.readAllLines(Path.of(arguments[0]))) {
                List<String> words = List.of(line.trim().split("\\s+"));
                if (!line.startsWith("#")
                        && (wanted.isEmpty() || wanted.contains(words.getFirst()))) {
                    table.print(words.getFirst(), words.subList(1, words.size()));
                }
            }
        }
    }

    private static Path cache() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty("java.io.tmpdir"), "blast-benchmarks-index"));
    }

    private void print(String name, List<String> requirements) throws IndexException {
        Map<PackageName, Version> there = installed(requirements);
        for (String strategy : STRATEGIES) {
            Request request =
                    request(requirements, day, strategies.strategy(strategy))
                            .with(new Preferences(Map.of(), there));
            if (!(new Resolver(now, Progress.SILENT, false).resolve(request)
                            instanceof Resolution first)
                    || !(new Resolver(now, Progress.SILENT).resolve(request)
                            instanceof Resolution second)) {
                System.out.printf("| %s | %s | | no answer | | | |%n", name, strategy);
                continue;
            }
            Optimum optimum =
                    new Resolver(now, Progress.SILENT)
                            .optimum(request, second.appraisal().score(), SEARCHES)
                            .orElseThrow();
            System.out.printf(
                    "| %s | %s | %d | %s | %s | %s | %s |%n",
                    name,
                    strategy,
                    second.pins().size(),
                    figures(first.appraisal().score(), request.strategy()),
                    difference(first.appraisal().score(), second.appraisal()),
                    steps(second.appraisal().improvements()),
                    best(second.appraisal(), optimum));
        }
    }

    private Map<PackageName, Version> installed(List<String> requirements) throws IndexException {
        Map<PackageName, Version> there = new TreeMap<>();
        if (new Resolver(before, Progress.SILENT, false)
                        .resolve(request(requirements, yearBefore(day), Strategy.NEWEST))
                instanceof Resolution resolution) {
            resolution.pins().forEach(pin -> there.put(pin.name(), pin.version()));
        }
        return there;
    }

    private Request request(List<String> requirements, Instant at, Strategy strategy) {
        List<RootRequirement> roots = new ArrayList<>();
        for (String requirement : requirements) {
            roots.add(RootRequirement.of(Requirement.parse(requirement), "the set"));
        }
        return Request.of(roots, interpreter.target(), at).with(strategy);
    }

    /** {@code fewest-changes 3, newest 41}: what is not 0 of each place. */
    private static String figures(Score score, Strategy strategy) {
        List<List<Aim>> places = strategy.places();
        List<String> figures = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            if (score.in(place) != 0) {
                String words =
                        places.get(place).stream()
                                .map(aim -> aim.objective().word())
                                .collect(Collectors.joining("+"));
                figures.add("%s %d".formatted(words, score.in(place) / Aim.ONE));
            }
        }
        return figures.isEmpty() ? "0" : String.join(", ", figures);
    }

    private static String difference(Score first, Appraisal second) {
        int place = first.firstDifference(second.score());
        return place < 0
                ? "the same"
                : "place %d: %d for %d"
                        .formatted(
                                place + 1,
                                second.score().in(place) / Aim.ONE,
                                first.in(place) / Aim.ONE);
    }

    private static String steps(List<Improvement> improvements) {
        return improvements.stream()
                .collect(
                        Collectors.groupingBy(
                                step -> step.by().name().toLowerCase(Locale.ROOT),
                                TreeMap::new,
                                Collectors.counting()))
                .entrySet()
                .stream()
                .map(it -> it.getValue() + " " + it.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String best(Appraisal appraisal, Optimum optimum) {
        if (appraisal.hasItsBound()) {
            return "this: it has its bound";
        }
        int place = appraisal.score().firstDifference(optimum.score());
        String what =
                place < 0
                        ? "this"
                        : "place %d: %d".formatted(place + 1, optimum.score().in(place) / Aim.ONE);
        return "%s (%d steps%s)"
                .formatted(what, optimum.searches(), optimum.proved() ? "" : ", not proved");
    }
}
