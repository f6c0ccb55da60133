package dev.blast.environment.change;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.rules.verdict.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
                read(file, _ -> true).ifPresent(all::add);
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

    /**
     * The last one that a rule had a part in. No more is read than has to be: somebody points at
     * the rule and waits.
     */
    public Optional<KeptDecision> last(Predicate<Reason> rule) throws EnvironmentException {
        try {
            for (Path file : written().reversed()) {
                Optional<KeptDecision> found =
                        read(file, lines -> KeptDecision.deciding(lines).stream().anyMatch(rule));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException("cannot read %s: %s".formatted(folder, e), e);
        }
    }

    /** What was written first, without reading any of it. */
    private void forget() throws IOException {
        List<Path> written = written();
        for (Path file : written.subList(0, Math.max(0, written.size() - KEPT))) {
            Files.deleteIfExists(file);
        }
    }

    private record Written(Path file, FileTime time) {}

    /** What was written first is first; what another process forgets meanwhile is not among it. */
    private List<Path> written() throws IOException {
        var written = new ArrayList<Written>();
        for (Path file : files()) {
            time(file).ifPresent(it -> written.add(new Written(file, it)));
        }
        return written.stream()
                .sorted(Comparator.comparing(Written::time).thenComparing(Written::file))
                .map(Written::file)
                .toList();
    }

    private static Optional<FileTime> time(Path file) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
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

    /**
     * One that another version wrote, or that is not whole, says nothing; nor does one that was
     * forgotten meanwhile.
     *
     * @param wanted the others are not read any further
     */
    private static Optional<KeptDecision> read(Path file, Predicate<Lines> wanted)
            throws IOException {
        try {
            Lines lines = Lines.parse(Files.readString(file));
            return wanted.test(lines)
                    ? Optional.of(KeptDecision.of(name(file), lines))
                    : Optional.empty();
        } catch (IllegalArgumentException
                | DateTimeException
                | CharacterCodingException
                | NoSuchFileException e) {
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
