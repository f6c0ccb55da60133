package dev.blast.rules.checked;

import dev.blast.rules.fact.Session;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees while it is tried: the session, and one fact for each of its patterns that has
 * been reached.
 */
public final class Frame {
    /** Null where only tests look that need none. */
    private final @Nullable Session session;

    /** By slot. Never changed once a test looks at it. */
    private final @Nullable Object[] facts;

    public Frame(@Nullable Session session, @Nullable Object[] facts) {
        this.session = session;
        this.facts = facts;
    }

    Session session() {
        if (session == null) {
            throw new IllegalStateException("a test that needs no session asks for it");
        }
        return session;
    }

    public boolean reached(int slot) {
        return facts[slot] != null;
    }

    public Object fact(int slot) {
        Object fact = facts[slot];
        if (fact == null) {
            throw new IllegalStateException(
                    "slot " + slot + " is looked at before its pattern matched");
        }
        return fact;
    }

    /** The same frame with one more fact. */
    public Frame with(int slot, Object fact) {
        @Nullable Object[] more = facts.clone();
        more[slot] = fact;
        return new Frame(session, more);
    }
}
