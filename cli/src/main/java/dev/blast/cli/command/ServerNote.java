package dev.blast.cli.command;

import dev.blast.cli.terminal.Console;
import dev.blast.enforcer.spawn.ListeningSockets.Listening;
import dev.blast.environment.session.ConfinedSession;
import java.time.Duration;
import java.util.List;

/**
 * Says once that a program listens where nobody outside reaches it, so that nobody waits before an
 * empty browser. Of ports that the kernel gives out, as tests have them, nothing is said.
 */
final class ServerNote implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Where {@code net.ipv4.ip_local_port_range} begins in a new namespace. */
    private static final int GIVEN_OUT = 32768;

    private final Thread thread;

    private ServerNote(Thread thread) {
        this.thread = thread;
    }

    /** Looks until something has been said, or this is closed. */
    static ServerNote during(ConfinedSession session, Console console) {
        return new ServerNote(Thread.ofPlatform().daemon().start(() -> look(session, console)));
    }

    private static void look(ConfinedSession session, Console console) {
        try {
            List<Listening> before = List.of();
            while (true) {
                Thread.sleep(EVERY);
                List<Listening> now = session.listening();
                for (Listening each : now) {
                    if (each.port() < GIVEN_OUT && before.contains(each)) {
                        console.say(
                                "blast: listening on %s inside; nothing outside of the sandbox reaches it"
                                        .formatted(each));
                        return;
                    }
                }
                before = now;
            }
        } catch (InterruptedException _) {
            // the program has ended
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
