package dev.blast.cli.command;

import dev.blast.cli.report.ChangeLine;
import dev.blast.cli.report.WorthText;
import dev.blast.cli.terminal.Console;
import dev.blast.environment.change.Applied;
import dev.blast.environment.sync.Change;
import dev.blast.environment.sync.Displacement;
import dev.blast.environment.sync.SyncPlan;
import dev.blast.environment.sync.SyncResult;
import dev.blast.environment.sync.Wanted;
import dev.blast.environment.sync.Worth;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Motive;
import dev.blast.solver.Note;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.text.NoteText;
import dev.blast.solver.text.RequirementText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sync's plan as the lines that people see: what changes, then what is to be said about what
 * stays.
 */
final class PlanLines {
    private PlanLines() {}

    static List<ChangeLine> of(SyncResult.Answer answer) {
        var lines = new ArrayList<ChangeLine>();
        Worth worth = answer.worth().orElse(null);
        answer.plan()
                .changes()
                .forEach(
                        change -> add(lines, change, answer.displaced().get(change.name()), worth));
        for (Note note : answer.notes()) {
            if (note instanceof Note.PassedOver) {
                continue; // said before the plan
            }
            lines.add(of(note, chosen(answer.plan(), note.name())));
        }
        return lines;
    }

    /** What is known of an environment that nothing is done to. */
    static List<ChangeLine> of(Applied applied) {
        return applied.lifted().stream()
                .map(hold -> of(hold.note(), hold.version().toString()))
                .toList();
    }

    private static ChangeLine of(Note note, String chosen) {
        ChangeLine.Kind kind =
                note instanceof Note.Held ? ChangeLine.Kind.HELD : ChangeLine.Kind.NOTED;
        return new ChangeLine(kind, note.name().toString(), null, chosen, NoteText.of(note));
    }

    private static void add(
            List<ChangeLine> lines,
            Change change,
            @Nullable Displacement displacement,
            @Nullable Worth worth) {
        String name = change.name().toString();
        switch (change) {
            case Change.Add(Wanted to) ->
                    lines.add(
                            new ChangeLine(
                                    ChangeLine.Kind.ADDED,
                                    name,
                                    null,
                                    to.version().toString(),
                                    worth == null ? "" : to.reason()));
            case Change.Replace(Version from, Wanted to) ->
                    lines.add(
                            new ChangeLine(
                                    to.version().compareTo(from) < 0
                                            ? ChangeLine.Kind.DOWNGRADED
                                            : ChangeLine.Kind.REPLACED,
                                    name,
                                    from.toString(),
                                    to.version().toString(),
                                    why(displacement, to.reason())
                                            + motive(change.name(), from, worth)));
            case Change.Repair(Wanted to, String reason) ->
                    lines.add(
                            new ChangeLine(
                                    ChangeLine.Kind.REINSTALLED,
                                    name,
                                    to.version().toString(),
                                    to.version().toString(),
                                    reason));
            case Change.Remove(_, Version version, String reason) ->
                    lines.add(
                            new ChangeLine(
                                    ChangeLine.Kind.REMOVED,
                                    name,
                                    version.toString(),
                                    null,
                                    why(displacement, reason)));
            case Change.Foreign(_, Version version, String installer) ->
                    lines.add(
                            new ChangeLine(
                                    ChangeLine.Kind.NOTED,
                                    name,
                                    null,
                                    version.toString(),
                                    (installer.isEmpty()
                                                    ? "installed by somebody else"
                                                    : "installed by " + installer)
                                            + ", not declared; left alone"));
            case Change.Keep _ -> {}
        }
    }

    private static String why(@Nullable Displacement displacement, String otherwise) {
        return switch (displacement) {
            case null -> otherwise;
            case Displacement.Needed(Pin by, var requirement) ->
                    "because %s needs %s".formatted(by, RequirementText.of(requirement));
            case Displacement.Narrowed(RootRequirement constraint) ->
                    "because %s allows only %s"
                            .formatted(
                                    constraint.origin(),
                                    RequirementText.of(constraint.requirement()));
            case Displacement.Unneeded(var by, Version now) ->
                    now == null
                            ? "because %s goes, which needed it".formatted(by)
                            : "because %s %s does not need it".formatted(by, now);
        };
    }

    /** What speaks for another version than the one that is there, where that was asked. */
    private static String motive(PackageName name, Version from, @Nullable Worth worth) {
        Motive motive = worth instanceof Worth.Counted(_, var motives) ? motives.get(name) : null;
        return motive == null ? "" : "; " + WorthText.of(motive, from.toString());
    }

    /** The version that the plan leaves installed. */
    private static String chosen(SyncPlan plan, PackageName name) {
        for (Change change : plan.changes()) {
            if (change.name().equals(name)) {
                return switch (change) {
                    case Change.Add(Wanted to) -> to.version().toString();
                    case Change.Replace(_, Wanted to) -> to.version().toString();
                    case Change.Repair(Wanted to, _) -> to.version().toString();
                    case Change.Keep(_, Version version) -> version.toString();
                    case Change.Foreign(_, Version version, _) -> version.toString();
                    case Change.Remove _ -> "";
                };
            }
        }
        return "";
    }

    static int removed(SyncPlan plan) {
        return (int) plan.changes().stream().filter(Change.Remove.class::isInstance).count();
    }

    static int installed(SyncPlan plan) {
        return (int)
                plan.changes().stream()
                        .filter(change ->
                                change instanceof Change.Add
                                        || change instanceof Change.Replace
                                        || change instanceof Change.Repair)
                        .count();
    }

    /** What a person should hear beside the result. */
    static void warn(SyncResult.Done done, Console console) {
        done.answer().recovered().ifPresent(sentence -> console.say("recovered: " + sentence));
        done.rebuilt().ifPresent(why -> console.say("laid out anew: " + why));
        passedOver(done, console);
    }

    /** What was found and not taken, and versions whose files were not fit to be installed. */
    static void passedOver(SyncResult.Done done, Console console) {
        for (String warning : done.warnings()) {
            console.say("warning: " + warning);
        }
        passedOver(done.answer(), console);
    }

    /** Versions that would have been installed, had their files been fit for it. */
    static void passedOver(SyncResult.Answer answer, Console console) {
        for (Note note : answer.notes()) {
            if (note instanceof Note.PassedOver it) {
                console.say(
                        "passed over: %s %s, %s"
                                .formatted(it.name(), it.version(), NoteText.why(it)));
            }
        }
    }
}
