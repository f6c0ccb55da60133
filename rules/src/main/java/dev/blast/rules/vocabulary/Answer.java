package dev.blast.rules.vocabulary;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one verb of one rule says. Rules only add answers; who weighs them matches them without a
 * default.
 */
public sealed interface Answer {

    /** The words that it was given; empty where it has none. */
    default String why() {
        return "";
    }

    /** About whether something may be. */
    sealed interface Verdict extends Answer {}

    record Allow(String why) implements Verdict {}

    record Deny(String why) implements Verdict {}

    /** A deny until a person lifts it by name. */
    record Hold(String why) implements Verdict {}

    /** Nothing of the session runs on. */
    record Stop(String why) implements Verdict {}

    /** Nothing of the session runs on until a person says so. */
    record Freeze(String why) implements Verdict {}

    record Warn(String why) implements Verdict {}

    record Points(int points) implements Verdict {}

    record Bandwidth(long bytesPerSecond) implements Verdict {}

    /** About what a session may see and use. */
    sealed interface Provision extends Answer {}

    record Grant(Access access, Path path, @Nullable Long sizeBytes) implements Provision {}

    record Restrict(Resource resource, long amount) implements Provision {}

    record Syscall(String name, boolean allowed) implements Provision {}

    record Pass(String variable) implements Provision {}

    record Set(String variable, String value) implements Provision {}

    /** About strategies. */
    sealed interface Choice extends Answer {}

    record Use(String strategy) implements Choice {}

    record Rank(int place, Objective objective, BigDecimal weight) implements Choice {}

    /** Points that it costs to let go of something. */
    record Cost(int points) implements Answer {}

    /** What a session can run out of; the unit is that of the component of {@code Limits}. */
    enum Resource {
        MEMORY,
        CPU,
        PROCESSES,
        OPEN_FILES,
        FILE_SIZE,
        DISK,
        FILES,
        IO,
        /** Of all connections together, in each direction. */
        BANDWIDTH,
        TIME;

        /** As people call it: {@code open files}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        public static Optional<Resource> named(String word) {
            return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
        }

        /** The words of all, in their order. */
        public static List<String> words() {
            return Arrays.stream(values()).map(Resource::word).toList();
        }
    }
}
