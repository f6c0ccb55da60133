package dev.blast.environment.change;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sync that had no answer, as its user's data remember it.
 *
 * @param number from 1, one for each; 0 while it is not remembered
 * @param command as it was typed
 * @param core what excludes each other, and where it is said
 * @param ways the ways out that were shown
 * @param proved how long the proof took
 * @param firstWay how long the first way out took after that; empty where there was none
 * @param taken the way out that was taken
 */
public record Impasse(
        long number,
        Instant time,
        String command,
        Circumstances circumstances,
        List<Generation.Asked> core,
        List<ShownWay> ways,
        Duration proved,
        Optional<Duration> firstWay,
        Optional<Taken> taken) {
    public Impasse {
        core = List.copyOf(core);
        ways = List.copyOf(ways);
    }

    /** One way out. */
    public record ShownWay(String letter, List<LetGo> letsGo) {
        public ShownWay {
            letsGo = List.copyOf(letsGo);
        }
    }

    /** What a way out does. */
    public enum Kind {
        WIDEN,
        DROP,
        UNPIN,
        LIFT,
        PRERELEASE
    }

    /**
     * One thing that is let go.
     *
     * @param from the requirement, or the package
     * @param to the requirement, or the version, that there is then; empty where there is none
     * @param origin where it is said; empty where nothing says it
     */
    public record LetGo(Kind kind, String from, String to, String origin) {
        private static final String FIELD = "\t";

        static LetGo parse(String line) {
            String[] fields = line.split(FIELD, -1);
            return new LetGo(Kind.valueOf(fields[0]), fields[1], fields[2], fields[3]);
        }

        String line() {
            return String.join(FIELD, kind.name(), plain(from), plain(to), plain(origin));
        }

        private static String plain(String text) {
            return text.replaceAll("[\\t\\r\\n]", " ");
        }
    }

    /** The change that a way out became. */
    public record Taken(String letter, int generation) {}

    /** The same with its number. */
    Impasse numbered(long number) {
        return new Impasse(
                number, time, command, circumstances, core, ways, proved, firstWay, taken);
    }
}
