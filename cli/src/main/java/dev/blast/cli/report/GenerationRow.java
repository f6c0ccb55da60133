package dev.blast.cli.report;

import java.time.Instant;
import java.util.List;

/**
 * A generation as the history lists it.
 *
 * @param when the same as people say it: {@code 14:01}, {@code yesterday 14:01}
 * @param kind of {@link dev.blast.environment.change.Occasion.Kind}, in small letters
 * @param command as it was typed; of what was found, the tools that say that it was they
 * @param restored the generation whose state it brought back; 0 where none was
 * @param user who did it; empty where that is not known
 * @param strategy by which versions were chosen; empty where none were
 * @param policy revision of the policy; empty where none was in force
 * @param sandbox the step of the ladder; empty where it is not known
 * @param changes of packages, from the generation before
 * @param kept whether it can be brought back
 * @param now whether the environment is what it left
 */
public record GenerationRow(
        int number,
        Instant time,
        String when,
        String kind,
        String command,
        int restored,
        String user,
        boolean ci,
        String strategy,
        String python,
        String policy,
        String sandbox,
        int packages,
        List<ChangeLine> changes,
        boolean kept,
        boolean now) {
    public GenerationRow {
        changes = List.copyOf(changes);
    }

    /** What it was, in words. */
    String what() {
        String chosen = strategy.isEmpty() ? "" : " (" + strategy + ")";
        return switch (kind) {
            case "found" ->
                    command.isEmpty()
                            ? "found: files were changed"
                            : "found: installed by " + command.replace(" ", ", ");
            case "undo", "redo", "rollback" ->
                    command + (restored == 0 ? " → nothing there" : " → " + restored);
            default -> command + chosen;
        };
    }

    /** {@code +2 ^1 -1}. */
    String counts() {
        return ChangeCounts.text(changes);
    }

    JsonObject json() {
        return new JsonObject()
                .with("number", number)
                .with("time", time.toString())
                .with("kind", kind)
                .with("command", command)
                .with("restored", restored == 0 ? null : Long.valueOf(restored))
                .with("user", user)
                .with("ci", ci)
                .with("strategy", strategy)
                .with("python", python)
                .with("policy", policy)
                .with("sandbox", sandbox.isEmpty() ? null : sandbox)
                .with("packages", packages)
                .with("changes", changes, ChangeLines::json)
                .with("kept", kept)
                .with("now", now);
    }
}
