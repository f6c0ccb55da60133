package dev.blast.solver.text;

import dev.blast.index.ProjectStatus;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Note;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Restraint;

/** Notes in words, without the package's name before them. */
public final class NoteText {
    private NoteText() {}

    public static String of(Note note) {
        return switch (note) {
            case Note.Held(var name, var version, Reason reason) ->
                    "held: %s %s (%s); blast sync --lift %s==%s"
                            .formatted(version, reason.text(), reason.origin(), name, version);
            case Note.Lifted(_, _, Reason reason) ->
                    "hold lifted: %s (rule \"%s\", %s)"
                            .formatted(reason.text(), reason.rule(), reason.origin());
            case Note.Warned(_, _, Reason reason) ->
                    "warning: %s (%s)".formatted(reason.text(), reason.origin());
            case Note.NoSuchExtra(_, var version, var extra) ->
                    "%s has no extra '%s'; no version with it fits".formatted(version, extra);
            case Note.Mended(_, var version, String mend) ->
                    "the metadata of %s: %s".formatted(version, mend);
            case Note.Yanked(_, var version, String reason) ->
                    "%s was yanked by its publisher%s".formatted(version, after(reason));
            case Note.Unproven(_, _, String filename) ->
                    "warning: the index gives no strong hash for " + filename;
            case Note.Inactive(_, _, ProjectStatus(String state, String reason)) ->
                    "warning: its project is %s%s".formatted(state, after(reason));
            case Note.Remarked(_, _, String remark) -> "warning: " + remark;
            case Note.Prerelease it -> it.version() + " is a pre-release: " + unstable(it);
            case Note.NotAllTried(_, var version) ->
                    "%s fits; not every version that would be better was tried".formatted(version);
            case Note.Overridden(_, _, String requirer, var requirement, String override) ->
                    "%s needs %s, which %s overrides"
                            .formatted(requirer, RequirementText.of(requirement), override);
            case Note.OtherIndex(_, _, var from, var first) ->
                    "warning: taken from %s though %s has the name: an unsafe index-strategy lets it"
                            .formatted(from, first);
            case Note.Undated(_, _, int files, var cutoff) ->
                    "%d file%s without an upload time left out by %s"
                            .formatted(files, files == 1 ? "" : "s", cutoff.by());
            case Note.Wanting(_, var version, var requirement, Obstacle obstacle) ->
                    "passed over: %s, which needs %s, which %s"
                            .formatted(
                                    version,
                                    RequirementText.of(requirement),
                                    ObstacleText.of(obstacle));
            case Note.PassedOver passedOver ->
                    "passed over: %s, %s".formatted(passedOver.version(), why(passedOver));
        };
    }

    /** Why a version was passed over. */
    public static String why(Note.PassedOver note) {
        return note.obstacle() instanceof Obstacle.Unusable(String why)
                ? why
                : "which " + ObstacleText.of(note.obstacle());
    }

    private static String unstable(Note.Prerelease note) {
        Version stable = note.stable();
        Restraint why = note.why();
        if (stable == null) {
            return "there is no stable version";
        }
        if (why == null) {
            return "no stable version fits";
        }
        String source = RestraintText.source(why);
        return "no stable version fits: "
                + RestraintText.of(why, stable.toString())
                + (source.isEmpty() ? "" : " (%s)".formatted(source));
    }

    private static String after(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
