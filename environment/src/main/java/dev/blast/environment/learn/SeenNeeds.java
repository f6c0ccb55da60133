package dev.blast.environment.learn;

import dev.blast.enforcer.gate.PathUse;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a program was seen to need and no rule gave it.
 *
 * @param endpoints how often each was reached
 * @param reads folded
 * @param writes folders, folded
 * @param calls system calls that it was refused
 * @param variables that are set outside, and that its project or its command speaks of
 * @param closed what is not proposed, in words, and why
 */
public record SeenNeeds(
        SortedMap<Endpoint, Integer> endpoints,
        SortedSet<Path> reads,
        SortedSet<Path> writes,
        SortedSet<String> calls,
        SortedSet<String> variables,
        SortedMap<String, String> closed) {
    /** Inside they are Blast's own, whatever rules grant. */
    private static final Set<Path> OF_THE_GATE =
            Set.of(Path.of("/etc/resolv.conf"), Path.of("/etc/hosts"));

    private static final String SECRET = "it looks like a secret";
    private static final String WIDE = "too much lies there for one program";

    public SeenNeeds {
        endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        writes = Collections.unmodifiableSortedSet(new TreeSet<>(writes));
        calls = Collections.unmodifiableSortedSet(new TreeSet<>(calls));
        variables = Collections.unmodifiableSortedSet(new TreeSet<>(variables));
        closed = Collections.unmodifiableSortedMap(new TreeMap<>(closed));
    }

    /** Whether rules would have to say anything. */
    public boolean isEmpty() {
        return endpoints.isEmpty()
                && reads.isEmpty()
                && writes.isEmpty()
                && calls.isEmpty()
                && variables.isEmpty();
    }

    /** Whether it has nothing that the other has not. */
    public boolean isEmptyBeside(SeenNeeds other) {
        return other.endpoints.keySet().containsAll(endpoints.keySet())
                && other.reads.containsAll(reads)
                && other.writes.containsAll(writes)
                && other.calls.containsAll(calls)
                && other.variables.containsAll(variables);
    }

    /** Both. */
    public SeenNeeds and(SeenNeeds other, Path home) {
        var endpoints = new TreeMap<>(this.endpoints);
        other.endpoints.forEach((endpoint, count) -> endpoints.merge(endpoint, count, Math::max));
        var closed = new TreeMap<>(this.closed);
        closed.putAll(other.closed);
        var folding = new PathFolding(home, SeenNeeds::holdsNoSecret);
        return new SeenNeeds(
                endpoints,
                folding.fold(both(reads, other.reads)),
                folding.fold(both(writes, other.writes)),
                both(calls, other.calls),
                both(variables, other.variables),
                closed);
    }

    private static <T extends Comparable<? super T>> SortedSet<T> both(Set<T> one, Set<T> other) {
        var both = new TreeSet<T>(one);
        both.addAll(other);
        return both;
    }

    /**
     * What eyes saw, measured by the rules that were in force.
     *
     * @param changed paths that were written in the project's copy
     * @param mentioned variables as above, with what they hold
     */
    public static SeenNeeds of(
            OpenEyes eyes,
            SandboxPolicy policy,
            Path home,
            Collection<Path> changed,
            Map<String, String> mentioned) {
        var reading = new Reading(policy, home);
        for (Path path : eyes.paths(PathUse.LOOK)) {
            if (Files.isRegularFile(path)) {
                reading.read(path);
            }
        }
        eyes.paths(PathUse.READ).forEach(reading::read);
        eyes.paths(PathUse.RUN).forEach(reading::read);
        eyes.paths(PathUse.WRITE).forEach(reading::write);
        changed.forEach(reading::change);
        var variables = new TreeSet<String>();
        mentioned.forEach((name, value) -> {
            if (Secrets.isLike(name, value)) {
                reading.closed.put("variable " + name, SECRET);
            } else {
                variables.add(name);
            }
        });
        eyes.closed()
                .forEach((endpoint, why) -> reading.closed.put("connect " + endpoint.text(), why));
        return new SeenNeeds(
                eyes.reached(),
                reading.folding.fold(reading.reads),
                reading.folding.fold(reading.writes),
                new TreeSet<>(eyes.refused()),
                variables,
                reading.closed);
    }

    /** Takes paths one by one. */
    private static final class Reading {
        private final SandboxPolicy policy;
        private final PathFolding folding;
        private final Set<Path> reads = new TreeSet<>();
        private final Set<Path> writes = new TreeSet<>();
        private final SortedMap<String, String> closed = new TreeMap<>();

        Reading(SandboxPolicy policy, Path home) {
            this.policy = policy;
            this.folding = new PathFolding(home, SeenNeeds::holdsNoSecret);
        }

        void read(Path path) {
            if (isOfKernel(path)
                    || isGiven(path)
                    || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    || isWay(path)) {
                return;
            }
            if (isSecret(path)) {
                closed.put("read " + path, SECRET);
            } else if (folding.isBroad(path) && Files.isDirectory(path)) {
                closed.put("read " + path, WIDE);
            } else if (Files.isReadable(path)) {
                reads.add(path);
            }
        }

        /** In a temporary folder inside, no file of the machine's is there. */
        private boolean isGiven(Path path) {
            if (OF_THE_GATE.contains(path)) {
                return true;
            }
            Optional<PathGrant> grant = policy.deciding(path);
            return grant.isPresent()
                    && (grant.get().access() != Access.TEMPORARY || !Files.isRegularFile(path));
        }

        /** A file is made in its folder. */
        void write(Path path) {
            if (isOfKernel(path)) {
                return;
            }
            Optional<PathGrant> grant = policy.deciding(path);
            if (grant.isPresent()) {
                if (grant.get().access() == Access.READABLE) {
                    closed.put("write " + path, "rules let it be read only");
                }
                return;
            }
            Path folder = path.getParent();
            if (folder == null || folding.isBroad(folder)) {
                closed.put("write " + path, WIDE);
            } else if (isSecret(path)) {
                closed.put("write " + path, SECRET);
            } else {
                writes.add(folder);
            }
        }

        /** In the copy it could be written whatever rules say. */
        void change(Path path) {
            boolean given =
                    policy.deciding(path)
                            .filter(grant -> grant.access() == Access.WRITABLE)
                            .isPresent();
            if (!given) {
                Path folder = path.getParent();
                if (folder == null || folding.isBroad(folder)) {
                    closed.put("write " + path, WIDE);
                } else if (isSecret(path)) {
                    closed.put("write " + path, SECRET);
                } else {
                    writes.add(folder);
                }
            }
        }

        /** A folder on the way to what is granted is there inside. */
        private boolean isWay(Path path) {
            return policy.paths().stream().anyMatch(grant -> grant.path().startsWith(path));
        }
    }

    private static boolean isOfKernel(Path path) {
        return path.startsWith("/proc") || path.startsWith("/dev");
    }

    /** By its own name or by that of what it leads to. */
    private static boolean isSecret(Path path) {
        try {
            return Secrets.isLike(path) || Secrets.isLike(path.toRealPath());
        } catch (IOException _) {
            return Secrets.isLike(path); // it is not there yet
        }
    }

    private static boolean holdsNoSecret(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (isSecret(entry)) {
                    return false;
                }
            }
            return true;
        } catch (IOException _) {
            return !Files.exists(folder); // one that cannot be looked into may hold anything
        }
    }
}
