package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.change.LiftedHold;
import dev.blast.environment.sync.LockedElsewhere;
import dev.blast.environment.sync.LookedPast;
import dev.blast.environment.sync.Worth;
import dev.blast.index.IndexStatistics;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code blast sync} did, or would do.
 *
 * @param strategies those that were followed, the whole sync's first; empty where nothing is known
 *     of it
 * @param lookedPast where the lock would have done, and something else was chosen; else null
 * @param resolution how the versions were found; null where nothing had to be decided
 * @param lifted holds on what is there that a person lifted; {@code changes} has lines about them
 * @param edits what is written otherwise in the project's files
 * @param changes what is different afterwards, then what was held back
 * @param worth of the answer, where that was asked for; else null
 * @param elsewhere what the lock is made for besides; null where it is for here alone
 * @param reading for programs; people have been told on stderr
 * @param outcome what came of it
 */
public record SyncReport(
        String name,
        int packages,
        List<FollowedStrategy> strategies,
        @Nullable LookedPast lookedPast,
        @Nullable ResolutionFigures resolution,
        List<LiftedHold> lifted,
        List<EditLines> edits,
        List<ChangeLine> changes,
        @Nullable Worth worth,
        @Nullable LockedElsewhere elsewhere,
        ProjectReading reading,
        Outcome outcome)
        implements Report {

    /** Where nothing is written otherwise in the project's files. */
    public SyncReport(
            String name,
            int packages,
            List<FollowedStrategy> strategies,
            @Nullable LookedPast lookedPast,
            @Nullable ResolutionFigures resolution,
            List<LiftedHold> lifted,
            List<ChangeLine> changes,
            @Nullable Worth worth,
            ProjectReading reading,
            Outcome outcome) {
        this(
                name,
                packages,
                strategies,
                lookedPast,
                resolution,
                lifted,
                List.of(),
                changes,
                worth,
                null,
                reading,
                outcome);
    }

    /**
     * How much was looked at. Counts do not depend on the machine; times do.
     *
     * @param prereleases when they may be chosen
     * @param processor time that this process has used up to now; null where nobody asked or the
     *     system does not say
     */
    public record ResolutionFigures(
            int packages,
            Statistics search,
            IndexStatistics index,
            PrereleaseWish prereleases,
            @Nullable Duration processor) {
        private int fromNetwork() {
            return index.metadata() - index.metadataFromCache();
        }

        private JsonObject json() {
            return new JsonObject()
                    .with("packages", packages)
                    .with("prereleases", prereleases.mode().word())
                    .with("prereleasesBy", prereleases.by().isEmpty() ? null : prereleases.by())
                    .with("seconds", search.elapsed())
                    .with("cpuMilliseconds", processor == null ? null : processor.toMillis())
                    .with("decisions", search.decisions())
                    .with("conflicts", search.conflicts())
                    .with("backjumps", search.backjumps())
                    .with("versionsRead", search.versionsRead())
                    .with("versionsFromNetwork", fromNetwork())
                    .with("requests", index.requests())
                    .with("bytes", index.bytes());
        }
    }

    public sealed interface Outcome {
        /** The environment is another one now. */
        record Applied(int generation, Duration took) implements Outcome {}

        /** Everything was as it should be. */
        record NothingToDo(int generation, Duration took) implements Outcome {}

        /** {@code --dry-run}. */
        record NotApplied() implements Outcome {}

        /** {@code --no-sync}. */
        record Written() implements Outcome {}

        /** {@code --lock-only}. */
        record LockWritten(String file) implements Outcome {}
    }

    public SyncReport {
        strategies = List.copyOf(strategies);
        lifted = List.copyOf(lifted);
        edits = List.copyOf(edits);
        changes = List.copyOf(changes);
    }

    /** The same with more lines about packages that stay. */
    public SyncReport with(List<ChangeLine> besides) {
        var all = new ArrayList<ChangeLine>(changes);
        all.addAll(besides);
        return new SyncReport(
                name,
                packages,
                strategies,
                lookedPast,
                resolution,
                lifted,
                edits,
                all,
                worth,
                elsewhere,
                reading,
                outcome);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        if (outcome instanceof Outcome.NothingToDo(int generation, Duration took)) {
            text.append(name)
                    .append(": nothing to do, ")
                    .append(Figures.count(packages, "package"));
            text.append(" as the project asks (generation ")
                    .append(generation)
                    .append(")   ")
                    .append(Figures.duration(took))
                    .end();
            text.lines(StrategyText.lines(strategies));
            if (elsewhere != null) {
                text.lines(ElsewhereText.of(elsewhere));
            }
            text.lines(ChangeLines.text(changes, palette));
            return text.lines(explanation()).toString();
        }
        text.lines(StrategyText.lines(strategies));
        if (lookedPast != null) {
            text.line(StrategyText.of(lookedPast));
        }
        if (resolution != null) {
            text.append("resolved ").append(Figures.count(resolution.packages(), "package"));
            text.append(" in ").append(Figures.duration(resolution.search().elapsed()));
            text.append(" (")
                    .append(Figures.count(resolution.search().versionsRead(), "version"))
                    .append(" read, ");
            text.append(Figures.count(resolution.fromNetwork())).line(" from the network)");
        }
        if (elsewhere != null) {
            text.lines(ElsewhereText.of(elsewhere));
        }
        text.lines(EditLines.text(edits, palette));
        text.lines(ChangeLines.text(changes, palette)).lines(explanation());
        switch (outcome) {
            case Outcome.Applied(int generation, Duration took) ->
                    text.append("applied as generation ")
                            .append(generation)
                            .append(" in ")
                            .append(Figures.duration(took))
                            .line("; undo with: blast undo");
            case Outcome.NotApplied() ->
                    text.line(
                            "nothing was changed (--dry-run); what is in a wheel is seen when it is fetched");
            case Outcome.LockWritten(String file) ->
                    text.append("wrote ").append(file).append("; nothing was installed").end();
            case Outcome.Written() ->
                    text.line(
                            edits.isEmpty()
                                    ? "nothing was written"
                                    : "nothing was installed (--no-sync): blast sync does that");
            case Outcome.NothingToDo _ -> {}
        }
        return text.toString();
    }

    private static JsonObject json(LiftedHold hold) {
        return new JsonObject()
                .with("name", hold.name().normalized())
                .with("version", hold.version().toString())
                .with("rule", hold.rule())
                .with("at", hold.at())
                .with("why", hold.why());
    }

    private String explanation() {
        return worth == null ? "" : WorthText.of(worth);
    }

    @Override
    public JsonObject json() {
        JsonObject json =
                new JsonObject()
                        .with("environment", name)
                        .with("packages", packages)
                        .with(
                                "strategy",
                                strategies.isEmpty() ? null : strategies.getFirst().name())
                        .with("strategies", strategies, StrategyText::json)
                        .with(
                                "lockLookedPast",
                                lookedPast == null ? null : StrategyText.json(lookedPast))
                        .with("resolution", resolution == null ? null : resolution.json())
                        .with("lifted", lifted, SyncReport::json)
                        .with("edits", edits, EditLines::json)
                        .with("changes", changes, ChangeLines::json)
                        .with("worth", worth == null ? null : WorthText.json(worth))
                        .with(
                                "lockedElsewhere",
                                elsewhere == null ? null : ElsewhereText.json(elsewhere))
                        .with("notRead", reading.notRead(), ProjectLine::json)
                        .with("followed", reading.followed(), ProjectLine::json);
        return switch (outcome) {
            case Outcome.Applied(int generation, Duration took) ->
                    json.with("outcome", "applied")
                            .with("generation", generation)
                            .with("seconds", took);
            case Outcome.NothingToDo(int generation, Duration took) ->
                    json.with("outcome", "nothing to do")
                            .with("generation", generation)
                            .with("seconds", took);
            case Outcome.NotApplied() -> json.with("outcome", "dry run");
            case Outcome.Written() -> json.with("outcome", "written");
            case Outcome.LockWritten(String file) ->
                    json.with("outcome", "lock written").with("lock", file);
        };
    }
}
