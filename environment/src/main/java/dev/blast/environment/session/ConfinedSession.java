package dev.blast.environment.session;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.environment.EnvironmentException;
import org.jspecify.annotations.Nullable;

/** A program that runs confined in an environment, and is entered among its {@link Sessions}. */
public final class ConfinedSession implements AutoCloseable {
    private final Running running;
    private final Sessions.Entry entry;
    private final @Nullable EnvironmentException notEntered;

    private ConfinedSession(
            Running running, Sessions.Entry entry, @Nullable EnvironmentException notEntered) {
        this.running = running;
        this.entry = entry;
        this.notEntered = notEntered;
    }

    /** A home that cannot be written keeps nobody from running. */
    static ConfinedSession of(Habitat habitat, Running running, String command) {
        try {
            Sessions.Entry entry = habitat.sessions().open(running.pid(), command);
            return new ConfinedSession(running, entry, null);
        } catch (EnvironmentException e) {
            return new ConfinedSession(running, Sessions.Entry.NONE, e);
        }
    }

    /** Why it is not among the sessions, so that nobody knows of it; null where it is. */
    public @Nullable EnvironmentException notEntered() {
        return notEntered;
    }

    /** Waits for the program. */
    public Ending ending() throws InterruptedException {
        return running.ending();
    }

    /** Kills what still runs, and is no session any more. */
    @Override
    public void close() {
        try {
            entry.close();
        } finally {
            running.close();
        }
    }
}
