package dev.blast.cli.command;

import dev.blast.enforcer.plan.PathDecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person has to know about a path besides the verdict, in words. */
final class PathNotes {
    private PathNotes() {}

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
