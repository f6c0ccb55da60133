package dev.blast.environment.sync;

import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.WaysOut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What strategies would each choose for one project. */
public sealed interface Compared {

    /** No rule defines a strategy of that name. */
    record UnknownStrategy(String name, List<String> known) implements Compared {}

    /** No versions fit together, whatever the strategy; what could be done about it. */
    record NoSolution(Unsolvable unsolvable, WaysOut waysOut) implements Compared {}

    /** Rules of the same rank choose different strategies. */
    record StrategyConflict(List<StrategyChoice.Named> rules) implements Compared {
        public StrategyConflict {
            rules = List.copyOf(rules);
        }
    }

    /** No interpreter fits. */
    record NoInterpreter(InterpreterSearch.NotFound search) implements Compared {}

    /**
     * What one strategy chooses.
     *
     * @param asked by which name it was asked for
     * @param bytes of the files that are chosen, be they in the store or not; those that are known
     * @param moves against what is installed now
     * @param appraisals of this answer by each strategy of the table, in its order
     */
    record Column(
            String asked,
            Strategy strategy,
            Map<PackageName, Version> versions,
            long bytes,
            Moves moves,
            List<Appraisal> appraisals) {
        public Column {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
            appraisals = List.copyOf(appraisals);
        }

        static Column of(
                String asked,
                Strategy strategy,
                Resolution resolution,
                SyncPlan plan,
                List<Appraisal> appraisals) {
            Map<PackageName, Version> versions = new TreeMap<>();
            long bytes = 0;
            for (Pin pin : resolution.pins()) {
                versions.put(pin.name(), pin.version());
                bytes += pin.file().sizeBytes().orElse(0);
            }
            return new Column(asked, strategy, versions, bytes, Moves.of(plan), appraisals);
        }

        /** {@code stable}, or {@code auto (stable)} where the rules chose it. */
        public String title() {
            return asked.equals(strategy.name())
                    ? asked
                    : "%s (%s)".formatted(asked, strategy.name());
        }

        /** What an objective counts here that any strategy of the table ranks. */
        public long count(Objective objective) {
            return appraisals.stream()
                    .flatMap(appraisal -> appraisal.lines().stream())
                    .filter(line -> line.aim().objective() == objective)
                    .findFirst()
                    .map(Appraisal.Line::count)
                    .orElse(0L); // no package counts
        }
    }

    /** What a plan does to packages. Installing one again is no move. */
    record Moves(
            List<PackageName> added,
            List<PackageName> raised,
            List<PackageName> lowered,
            List<PackageName> removed) {
        public Moves {
            added = List.copyOf(added);
            raised = List.copyOf(raised);
            lowered = List.copyOf(lowered);
            removed = List.copyOf(removed);
        }

        private static Moves of(SyncPlan plan) {
            List<PackageName> added = new ArrayList<>();
            List<PackageName> raised = new ArrayList<>();
            List<PackageName> lowered = new ArrayList<>();
            List<PackageName> removed = new ArrayList<>();
            for (Change change : plan.changes()) {
                switch (change) {
                    case Change.Add(Wanted to) -> added.add(to.name());
                    case Change.Replace(Version from, Wanted to) ->
                            (to.version().compareTo(from) < 0 ? lowered : raised).add(to.name());
                    case Change.Remove(PackageName name, _, _) -> removed.add(name);
                    case Change.Keep _, Change.Repair _, Change.Foreign _ -> {}
                }
            }
            return new Moves(added, raised, lowered, removed);
        }
    }

    /**
     * Which of two answers a strategy puts first.
     *
     * @param by the strategy that decides
     */
    record Decision(String by, String ahead, String behind, Lead lead) {}

    /** One column a strategy, in the order asked for. */
    record Table(List<Column> columns) implements Compared {
        public Table {
            columns = List.copyOf(columns);
        }

        /** Every objective that a strategy ranks, in the order of their strategies. */
        public List<Objective> objectives() {
            Set<Objective> objectives = new LinkedHashSet<>();
            for (Column column : columns) {
                column.strategy().aims().forEach(aim -> objectives.add(aim.objective()));
            }
            return List.copyOf(objectives);
        }

        /** Packages that are not in the same version everywhere. */
        public Set<PackageName> differing() {
            Set<PackageName> all = new TreeSet<>();
            columns.forEach(column -> all.addAll(column.versions().keySet()));
            all.removeIf(name ->
                    columns.stream()
                                    .map(column -> String.valueOf(column.versions().get(name)))
                                    .distinct()
                                    .count()
                            == 1);
            return all;
        }

        /**
         * For each two neighbours what either strategy says of the two answers; nothing where they
         * are equal to it.
         */
        public List<Decision> decisions() {
            List<Decision> decisions = new ArrayList<>();
            for (int at = 1; at < columns.size(); at++) {
                decide(at - 1, at - 1, at, decisions);
                decide(at, at - 1, at, decisions);
            }
            return decisions;
        }

        private void decide(int by, int one, int other, List<Decision> decisions) {
            Strategy strategy = columns.get(by).strategy();
            Lead.between(score(one, by), score(other, by), strategy)
                    .ifPresent(lead ->
                            decisions.add(
                                    new Decision(
                                            name(by),
                                            name(lead.firstIsBetter() ? one : other),
                                            name(lead.firstIsBetter() ? other : one),
                                            lead)));
        }

        private Score score(int column, int by) {
            return columns.get(column).appraisals().get(by).score();
        }

        private String name(int column) {
            return columns.get(column).title();
        }
    }
}
