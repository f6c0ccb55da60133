package dev.blast.environment.change;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The last decisions of rules in one environment, a file each, for their user alone: what programs
 * and syncs were refused, and what people asked. Others are asked anew each time and are not kept.
 */
public final class KeptDecisions {
    private static final int KEPT = 300;

    /** Of an id, where they are enough; ids are shown with no more than they need. */
    private static final int LEAST_DIGITS = 4;

    private final Path folder;

    public KeptDecisions(Dossier dossier) {
        this.folder = dossier.folder().resolve("decisions");
    }

    /**
     * Keeps some, and forgets the oldest. The answer itself has been given: where it cannot be
     * written, only who asks later hears less.
     */
    public void keep(List<KeptDecision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        try {
            Directories.createPrivate(folder);
            for (KeptDecision it : decisions) {
                AtomicFile.write(folder.resolve(it.id()), it.text());
            }
            forget();
        } catch (IOException | EnvironmentException e) {
            // as is said above
        }
    }

    /** All of them, the newest first. */
    public List<KeptDecision> all() throws EnvironmentException {
        var all = new ArrayList<KeptDecision>();
        try {
            for (Path file : files()) {
                read(file).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new EnvironmentException("cannot read %s: %s".formatted(folder, e), e);
        }
        all.sort(
                Comparator.comparing(KeptDecision::time)
                        .reversed()
                        .thenComparing(KeptDecision::id));
        return all;
    }

    /** What was written first, without reading any of it. */
    private void forget() throws IOException {
        var written = new TreeMap<FileTime, List<Path>>();
        int left = -KEPT;
        for (Path file : files()) {
            written.computeIfAbsent(Files.getLastModifiedTime(file), _ -> new ArrayList<>())
                    .add(file);
            left++;
        }
        for (List<Path> together : written.values()) {
            for (Path file : together) {
                if (left-- > 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> !name(it).startsWith(".")).toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** One that another version wrote, or that is not whole, says nothing. */
    private static Optional<KeptDecision> read(Path file) throws IOException {
        try {
            return Optional.of(KeptDecision.parse(name(file), Files.readString(file)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Those whose id begins so, the newest first. */
    public List<KeptDecision> called(String beginning) throws EnvironmentException {
        return all().stream().filter(it -> it.id().startsWith(beginning)).toList();
    }

    /** An id as it is shown: as short as tells it from the others. */
    public String shortest(KeptDecision decision) {
        try {
            List<String> others =
                    files().stream()
                            .map(KeptDecisions::name)
                            .filter(it -> !it.equals(decision.id()))
                            .toList();
            int digits = LEAST_DIGITS;
            while (digits < decision.id().length() && isBegun(others, decision.id(), digits)) {
                digits++;
            }
            return decision.id().substring(0, digits);
        } catch (IOException e) {
            return decision.id();
        }
    }

    private static boolean isBegun(List<String> others, String id, int digits) {
        return others.stream().anyMatch(it -> it.startsWith(id.substring(0, digits)));
    }
}
