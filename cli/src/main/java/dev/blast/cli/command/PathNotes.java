package dev.blast.cli.command;

import dev.blast.enforcer.plan.PathDecision;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person has to know about a path besides the verdict, in words. */
final class PathNotes {
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
        return notes;
    }
}
