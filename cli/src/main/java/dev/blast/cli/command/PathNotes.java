package dev.blast.cli.command;

import dev.blast.enforcer.plan.PathDecision;
import dev.blast.rules.explain.ShellWord;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person has to know about a path besides the verdict, in words. */
final class PathNotes {
    /** {@code S_IFMT} and {@code S_IFSOCK} of stat(2). */
    private static final int KIND = 0170000;

    private static final int SOCKET = 0140000;

    private PathNotes() {}

    /** Where something may be written. */
    static List<String> ofWriting(Path asked, PathDecision decision, SandboxPolicy sandbox) {
        var notes = new ArrayList<>(of(asked, decision));
        boolean named =
                sandbox.paths().stream()
                        .filter(grant -> grant.access() == Access.WRITABLE)
                        .map(PathGrant::path)
                        .anyMatch(path -> path.equals(asked) || path.equals(decision.leadsTo()));
        if (named && !decision.isThere() && decision.place() == PathDecision.Place.GRANTED) {
            notes.add(
                    "blast run makes a folder of that name; for a file, make that first, outside: touch "
                            + decision.leadsTo());
        }
        return notes;
    }

    static List<String> of(Path asked, PathDecision decision) {
        var notes = new ArrayList<String>();
        if (!decision.leadsTo().equals(asked)) {
            notes.add("it leads to " + decision.leadsTo());
        }
        switch (decision.place()) {
            case TEMPORARY ->
                    notes.add(
                            "inside, an empty folder stands there, and what is written is not kept");
            case MADE ->
                    notes.add(
                            "inside, there is a folder with nothing but what rules grant below it");
            case GRANTED -> {
                if (!decision.isThere()) {
                    notes.add("nothing is there now");
                }
            }
            case HIDDEN, OWN, ABSENT, OPEN -> {}
        }
        if (isSocket(decision.leadsTo())) {
            notes.add(
                    "it is a socket: to connect to it takes a rule of its own: blast check --explain connect "
                            + ShellWord.of(asked.toString()));
        }
        return notes;
    }

    private static boolean isSocket(Path path) {
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & KIND) == SOCKET;
        } catch (IOException _) {
            return false; // nothing is there, as far as this user sees
        }
    }
}
