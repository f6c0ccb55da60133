package dev.blast.cli.command;

import dev.blast.cli.invocation.Invocation;
import dev.blast.environment.session.Habitat;
import dev.blast.index.IndexException;
import dev.blast.packaging.Host;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of the configured package indexes, read once and only if asked for. Safe on any thread.
 */
final class IndexHosts implements Supplier<Set<Host>> {
    private final Invocation invocation;
    private final Habitat habitat;
    private @Nullable Set<Host> hosts;

    IndexHosts(Invocation invocation, Habitat habitat) {
        this.invocation = invocation;
        this.habitat = habitat;
    }

    /** None where settings cannot be read: then nothing is an index. */
    @Override
    public synchronized Set<Host> get() {
        if (hosts == null) {
            hosts = read();
        }
        return hosts;
    }

    private Set<Host> read() {
        var found = new HashSet<Host>();
        try (Indexes indexes =
                Indexes.of(invocation.arguments(), habitat.workspace(), habitat.environment())
                        .forProject(habitat.project())) {
            indexes.configuration(habitat.interpreter().executable()).indexes().stream()
                    .map(location -> location.uri().getHost())
                    .forEach(host -> {
                        if (host != null) {
                            found.add(Host.of(host));
                        }
                    });
        } catch (IndexException e) {
            invocation.console().say("no index is known: " + e.getMessage());
        }
        return found;
    }
}
