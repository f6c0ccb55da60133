package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.Answer.Resource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a session; null where no rule limits it. The smallest wins; a shipped limit is the
 * one in force as long as no trusted file names that limit itself.
 *
 * @param diskBytes what may come on top of what is there
 * @param files the same, counted: files, folders, links
 * @param cpuMillis thousandths of one processor
 * @param bandwidthBytesPerSecond of all connections together, in each direction
 */
public record Limits(
        @Nullable Limit memoryBytes,
        @Nullable Limit processes,
        @Nullable Limit openFiles,
        @Nullable Limit fileSizeBytes,
        @Nullable Limit diskBytes,
        @Nullable Limit files,
        @Nullable Limit cpuMillis,
        @Nullable Limit timeSeconds,
        @Nullable Limit ioBytesPerSecond,
        @Nullable Limit bandwidthBytesPerSecond) {

    public static final Limits NONE =
            new Limits(null, null, null, null, null, null, null, null, null, null);

    /** Those that a function has. */
    public static Limits of(Function<Resource, @Nullable Limit> limits) {
        return new Limits(
                limits.apply(Resource.MEMORY),
                limits.apply(Resource.PROCESSES),
                limits.apply(Resource.OPEN_FILES),
                limits.apply(Resource.FILE_SIZE),
                limits.apply(Resource.DISK),
                limits.apply(Resource.FILES),
                limits.apply(Resource.CPU),
                limits.apply(Resource.TIME),
                limits.apply(Resource.IO),
                limits.apply(Resource.BANDWIDTH));
    }

    public @Nullable Limit of(Resource resource) {
        return switch (resource) {
            case MEMORY -> memoryBytes;
            case PROCESSES -> processes;
            case OPEN_FILES -> openFiles;
            case FILE_SIZE -> fileSizeBytes;
            case DISK -> diskBytes;
            case FILES -> files;
            case CPU -> cpuMillis;
            case TIME -> timeSeconds;
            case IO -> ioBytesPerSecond;
            case BANDWIDTH -> bandwidthBytesPerSecond;
        };
    }
}
