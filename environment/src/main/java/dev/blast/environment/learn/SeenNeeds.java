package dev.blast.environment.learn;

import dev.blast.enforcer.gate.PathUse;
import dev.blast.rules.verdict.SandboxPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a program was seen to need and no rule gave it.
 *
 * @param endpoints how often each was reached
 * @param reads folded; none that lies in what is written
 * @param writes folders, folded
 * @param inner the other reads, below what is written, folded
 * @param calls system calls that it was refused
 * @param variables that are set outside, and that its project or its command speaks of
 * @param closed what is not proposed, in words, and why
 */
public record SeenNeeds(
        SortedMap<Endpoint, Integer> endpoints,
        SortedSet<Path> reads,
        SortedSet<Path> writes,
        SortedSet<Path> inner,
        SortedSet<String> calls,
        SortedSet<String> variables,
        SortedMap<String, String> closed) {
    public SeenNeeds {
        endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        writes = Collections.unmodifiableSortedSet(new TreeSet<>(writes));
        inner = Collections.unmodifiableSortedSet(new TreeSet<>(inner));
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
                && inner.stream().allMatch(path -> other.inner.stream().anyMatch(path::startsWith))
                && other.calls.containsAll(calls)
                && other.variables.containsAll(variables);
    }

    /** Both. */
    public SeenNeeds and(SeenNeeds other, Path home, Path project) {
        var endpoints = new TreeMap<>(this.endpoints);
        other.endpoints.forEach((endpoint, count) -> endpoints.merge(endpoint, count, Math::max));
        var closed = new TreeMap<>(this.closed);
        closed.putAll(other.closed);
        var paths = new SeenPaths(home, project);
        paths.add(reads, writes);
        paths.add(inner, Set.of());
        paths.add(other.reads, other.writes);
        paths.add(other.inner, Set.of());
        return new SeenNeeds(
                endpoints,
                paths.reads(),
                paths.writes(),
                paths.inner(),
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
     * @param project real; what is written in it was written in a copy
     * @param changed paths that were written there
     * @param hasFailed whether the program ended badly: then a folder that it only looked at may be
     *     what it missed
     * @param mentioned variables as above, with what they hold
     */
    public static SeenNeeds of(
            OpenEyes eyes,
            SandboxPolicy policy,
            Path project,
            Path home,
            Collection<Path> changed,
            boolean hasFailed,
            Map<String, String> mentioned) {
        var closed = new TreeMap<String, String>();
        var reading = new PathReading(policy, project, home, closed);
        for (Path path : eyes.paths(PathUse.LOOK)) {
            if (Files.isRegularFile(path) || (hasFailed && Files.isDirectory(path))) {
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
                closed.put("variable " + name, PathReading.SECRET);
            } else {
                variables.add(name);
            }
        });
        eyes.closed().forEach((endpoint, why) -> closed.put("connect " + endpoint.text(), why));
        return new SeenNeeds(
                eyes.reached(),
                reading.seen().reads(),
                reading.seen().writes(),
                reading.seen().inner(),
                new TreeSet<>(eyes.refused()),
                variables,
                closed);
    }
}
