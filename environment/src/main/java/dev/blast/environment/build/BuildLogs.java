package dev.blast.environment.build;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What builds said, in the user's state: of those that failed it stays, the latest of them. What is
 * read is a stranger's.
 *
 * @param folder where they lie
 */
record BuildLogs(Path folder) {
    private static final int KEPT = 50;
    private static final int TAIL_BYTES = 1 << 16;

    /** Of one line that is shown. */
    private static final int WIDEST = 240;

    /** Where the next one goes, of a hook of a source. */
    Path next(Source source, String hook) throws EnvironmentException, IOException {
        Directories.createPrivate(HeldFolder.above(folder));
        Directories.createPrivate(folder);
        removeOld();
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return folder.resolve("%s.%s.%s.log".formatted(safe(source), hook, unique));
    }

    /** The latest of a source that is kept; null for none. */
    SeenSource.@Nullable Failed failed(Source source) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        Pattern name =
                Pattern.compile(Pattern.quote(safe(source)) + "\\.[a-z_]+\\.[0-9a-f]{8}\\.log");
        Path latest;
        try (Stream<Path> files = Files.list(folder)) {
            latest =
                    files.filter(it -> name.matcher(it.getFileName().toString()).matches())
                            .filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                            .max(Comparator.comparingLong(BuildLogs::time))
                            .orElse(null);
        }
        return latest == null
                ? null
                : new SeenSource.Failed(
                        latest,
                        Instant.ofEpochMilli(time(latest)),
                        BuildRemarks.of(text(latest)).cause());
    }

    private static String safe(Source source) {
        String safe = source.brief().replaceAll("[^A-Za-z0-9._+-]+", "_");
        return safe.substring(0, Math.min(safe.length(), 120));
    }

    private void removeOld() throws IOException {
        var logs = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
            files.forEach(logs::add);
        }
        if (logs.size() > KEPT) {
            logs.sort(Comparator.comparingLong(BuildLogs::time).reversed());
            for (Path old : logs.subList(KEPT, logs.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    private static long time(Path log) {
        try {
            return Files.getLastModifiedTime(log, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException _) {
            return 0; // another process has removed it
        }
    }

    /** The last lines that say anything, fit to be shown. */
    static List<String> tail(Path log, int lines) throws IOException {
        List<String> told =
                text(log)
                        .lines()
                        .map(line -> line.replace("\t", "    ").stripTrailing())
                        .filter(line -> !line.isBlank())
                        .map(Visible::of)
                        .map(line ->
                                line.length() > WIDEST ? line.substring(0, WIDEST) + "…" : line)
                        .toList();
        return told.subList(Math.max(0, told.size() - lines), told.size());
    }

    /** The end of it. */
    static String text(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            long from = Math.max(0, file.size() - TAIL_BYTES);
            var bytes = ByteBuffer.allocate((int) Math.min(file.size(), TAIL_BYTES));
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
                // until it is full, or the file has become shorter
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
