package dev.blast.rules.compare;

import dev.blast.rules.verdict.Reason;
import java.util.ArrayList;
import java.util.List;

/** A thing about which two policies say different things to one request. */
record Contrast(Thing thing, Stance before, Stance after) {

    /** What turns alike: from the same words of the same rules to the same words of the same. */
    record Kind(String thing, TurnKind direction, List<String> before, List<String> after) {}

    Kind kind() {
        return new Kind(thing.kind(), direction(), key(before), key(after));
    }

    TurnKind direction() {
        return before.to(after);
    }

    /** Reasons may hold values of the request. */
    private static List<String> key(Stance stance) {
        var key = new ArrayList<String>(List.of(stance.answer()));
        for (Reason it : stance.because()) {
            key.add("%s %s %s".formatted(it.origin(), it.rule(), it.verb()));
        }
        return key;
    }
}
