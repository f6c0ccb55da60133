package dev.blast.environment.advisories;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The holes that are known, by package: a text of lines that are sorted by name, searched by
 * halves. Reading it costs no more than its bytes; a line is understood when its package is asked
 * for. For any thread.
 */
public final class AdvisorySet {
    /** From this age on there may be much that it does not know. */
    private static final Duration OLD = Duration.ofDays(30);

    private final byte[] lines;
    private final Instant newest;
    private final Map<PackageName, List<Hole>> read = new ConcurrentHashMap<>();

    /**
     * @param lines {@link Hole#line}s, each with its end, sorted by name
     * @param newest when the newest of what it was made from was written
     */
    AdvisorySet(byte[] lines, Instant newest) {
        this.lines = lines;
        this.newest = newest;
    }

    /** When the newest of what is known was written. */
    public Instant newest() {
        return newest;
    }

    /** Whether it is so old that much may have become known since. */
    public boolean isOld(Instant now) {
        return isOld(newest, now);
    }

    static boolean isOld(Instant newest, Instant now) {
        return Duration.between(newest, now).compareTo(OLD) > 0;
    }

    /** The holes of a package in all its versions, by id. */
    public List<Hole> of(PackageName name) {
        return read.computeIfAbsent(name, this::find);
    }

    private List<Hole> find(PackageName name) {
        byte[] key = (name.normalized() + "\t").getBytes(StandardCharsets.UTF_8);
        List<Hole> holes = new ArrayList<>();
        Map<String, Version> known = new HashMap<>();
        for (int at = firstAtOrBehind(key); at < lines.length && isOf(key, at); at = end(at) + 1) {
            holes.add(
                    Hole.parse(new String(lines, at, end(at) - at, StandardCharsets.UTF_8), known));
        }
        return List.copyOf(holes);
    }

    /** Where the first line begins that is not before the key. */
    private int firstAtOrBehind(byte[] key) {
        int low = 0;
        int high = lines.length; // both are beginnings of lines
        while (low < high) {
            int begin = begin((low + high) >>> 1);
            if (compare(key, begin) > 0) {
                low = end(begin) + 1;
            } else {
                high = begin;
            }
        }
        return low;
    }

    private int begin(int at) {
        int begin = at;
        while (begin > 0 && lines[begin - 1] != '\n') {
            begin--;
        }
        return begin;
    }

    private int end(int at) {
        int end = at;
        while (lines[end] != '\n') {
            end++;
        }
        return end;
    }

    private int compare(byte[] key, int begin) {
        int length = Math.min(key.length, lines.length - begin);
        return Arrays.compareUnsigned(key, 0, key.length, lines, begin, begin + length);
    }

    private boolean isOf(byte[] key, int begin) {
        return compare(key, begin) == 0;
    }
}
