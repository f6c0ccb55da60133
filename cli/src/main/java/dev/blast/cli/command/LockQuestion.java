package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.terminal.Console;
import dev.blast.cli.terminal.Prompt;
import dev.blast.environment.sync.SyncResult;
import java.util.ArrayList;
import java.util.List;

/** Whether a lock may be written anew, though it loses something. */
final class LockQuestion {
    private LockQuestion() {}

    /**
     * Asks a person, after what else there is to do.
     *
     * @throws Failure where the answer is not yes
     */
    static void requireConsent(SyncResult.LockKept kept, Console console) throws Failure {
        console.progress().close(); // else it would be drawn over the question
        console.complain(kept.loss());
        List<String> offers = offers(kept);
        offers.subList(0, offers.size() - 1).forEach(it -> console.explain("  " + it + "\n"));
        if (!Prompt.agrees(console, System.in, "write it anew for what is asked for here?")) {
            throw new Failure(
                    Exit.FINDINGS,
                    "the lock is left as it is, and nothing was changed: the answer was not yes",
                    List.of());
        }
    }

    /** What can be done, a line each; the last one is to write it anew. */
    static List<String> offers(SyncResult.LockKept kept) {
        var offers = new ArrayList<String>();
        if (kept.ofOthers()) {
            offers.add(
                    "blast sync --universal locks for the usual machines and Pythons at once, with its versions where they fit, and stays so");
            offers.add(
                    "blast start --name NAME makes a second environment, with a lock of its own (pylock.NAME.toml)");
        }
        offers.add("blast sync --overwrite-lock writes it anew for what is asked for here");
        return offers;
    }
}
