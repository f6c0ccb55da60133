package dev.blast.cli.report;

import dev.blast.environment.sync.LockedElsewhere;
import dev.blast.packaging.Visible;
import dev.blast.solver.text.ProofText;
import java.util.LinkedHashMap;

/** What a lock is made for besides the interpreter at hand, and for what it could not be. */
final class ElsewhereText {
    private ElsewhereText() {}

    /** A line for all, and one for each reason that leaves places out. */
    static String of(LockedElsewhere elsewhere) {
        var text = new Page();
        text.append("the lock is for ").append(String.join("; ", elsewhere.places())).end();
        var places = new LinkedHashMap<String, String>();
        for (LockedElsewhere.LeftOut left : elsewhere.leftOut()) {
            places.merge(
                    Visible.of(ProofText.conclusion(left.proof())),
                    left.place(),
                    (some, more) -> some + ", " + more);
        }
        places.forEach((why, names) ->
                text.append("not for ").append(names).append(": ").append(why).end());
        return text.toString();
    }

    static JsonObject json(LockedElsewhere elsewhere) {
        return new JsonObject()
                .with("places", elsewhere.places())
                .with(
                        "leftOut",
                        elsewhere.leftOut(),
                        left ->
                                new JsonObject()
                                        .with("place", left.place())
                                        .with("why", ProofText.conclusion(left.proof())));
    }
}
