package dev.blast.rules.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests for which an answer turns alike. */
final class Group {
    /** Examples that are shown of what may be endless. */
    private static final int EXAMPLES = 3;

    /** And of what a session may see and use. */
    private static final int THINGS = 12;

    /** Requests of which a shorter one was looked for. */
    private static final int MAX_SHORTENED = 6;

    private final Contrast first;

    private final Map<String, Turn.Example> requests = new LinkedHashMap<>();

    private final Set<Thing> things = new HashSet<>();

    private int shortened;

    Group(Contrast first) {
        this.first = first;
    }

    /** A thing is told once, in the session that it was found in first. */
    boolean takes(Thing thing) {
        return thing.equals(Thing.REQUEST) || things.add(thing);
    }

    /** Whether one more is worth the search for its shortest form. */
    boolean wantsMore(Thing thing) {
        return takes(thing)
                && (!thing.equals(Thing.REQUEST)
                        || (requests.size() < EXAMPLES && shortened++ < MAX_SHORTENED));
    }

    void add(Turn.Example it) {
        requests.putIfAbsent(it.request(), it);
    }

    Turn turn(String question) {
        int shown = first.thing().kind().isEmpty() ? EXAMPLES : THINGS;
        List<Turn.Example> examples = new ArrayList<>(requests.values());
        examples.sort((one, other) -> Boolean.compare(one.by().isEmpty(), other.by().isEmpty()));
        return new Turn(
                first.direction(),
                question,
                examples.subList(0, Math.min(shown, examples.size())),
                Math.max(0, examples.size() - shown),
                first.before(),
                first.after());
    }
}
