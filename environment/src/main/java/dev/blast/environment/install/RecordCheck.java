package dev.blast.environment.install;

import dev.blast.environment.install.FileFinding.Change;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.RecordEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files of an environment with what the RECORDs say: missing, changed, added. One walk
 * over site-packages and the folder of programs serves all distributions. Reads only.
 */
public final class RecordCheck {

    /**
     * QUICK reads a file only where its length is right and it is younger than its RECORD, that is,
     * written to since it was installed. DEEP reads every file, and so also finds what was changed
     * with its old date.
     */
    public enum Depth {
        QUICK,
        DEEP
    }

    /**
     * All that was found.
     *
     * @param distributions in the order they were given
     * @param unowned files in site-packages, and programs, that no RECORD lists and that lie in no
     *     distribution's own folder; relative to the environment's root, sorted
     */
    public record Report(List<RecordFindings> distributions, List<String> unowned) {
        public Report {
            distributions = List.copyOf(distributions);
            unowned = List.copyOf(unowned);
        }

        /** All files that no RECORD lists, wherever they lie; sorted. */
        public List<String> strangers() {
            return Stream.concat(
                            unowned.stream(),
                            distributions.stream()
                                    .flatMap(distribution -> distribution.findings().stream())
                                    .filter(FileFinding.Added.class::isInstance)
                                    .map(FileFinding::path))
                    .sorted()
                    .toList();
        }
    }

    /** {@code uv venv} leaves it everywhere. */
    private static final String UVS_OWN = "bin/pydoc.bat";

    private final Path environment;
    private final Depth depth;
    private final Map<String, BasicFileAttributes> present = new HashMap<>();

    /**
     * For each folder whose files are one distribution's, that distribution; empty where several
     * share it.
     */
    private final Map<String, Optional<InstalledDistribution>> owners = new HashMap<>();

    private RecordCheck(Path environment, Depth depth) {
        this.environment = environment;
        this.depth = depth;
    }

    /**
     * Compares them all.
     *
     * @param environment its root, written as in the distributions' paths
     * @param sitePackages where they were found
     */
    public static Report check(
            Path environment,
            Path sitePackages,
            Collection<InstalledDistribution> distributions,
            Depth depth)
            throws IOException {
        var check = new RecordCheck(environment, depth);
        check.walk(sitePackages);
        String site = environment.relativize(sitePackages).toString();
        check.list();
        return check.report(distributions, site);
    }

    /** The programs, without the interpreter and what activates the environment. */
    private void list() throws IOException {
        try (DirectoryStream<Path> programs =
                Files.newDirectoryStream(environment.resolve("bin"))) {
            for (Path program : programs) {
                String path = environment.relativize(program).toString();
                if (!Frame.starts(path) && !path.equals(UVS_OWN)) {
                    present.put(
                            path,
                            Files.readAttributes(
                                    program, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            // then what a RECORD lists there is missing
        }
    }

    private void walk(Path sitePackages) throws IOException {
        if (!Files.exists(sitePackages)) {
            return; // then all that a RECORD would list is missing with it
        }
        int prefix = environment.toString().length() + 1;
        Files.walkFileTree(
                sitePackages,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        present.put(file.toString().substring(prefix), attributes);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private Report report(Collection<InstalledDistribution> distributions, String site)
            throws IOException {
        var findings = new LinkedHashMap<InstalledDistribution, List<FileFinding>>();
        var counts = new HashMap<InstalledDistribution, Integer>();
        for (InstalledDistribution distribution : distributions) {
            var own = new ArrayList<FileFinding>();
            findings.put(distribution, own);
            counts.put(distribution, compare(distribution, site, own));
        }
        var unowned = new ArrayList<String>();
        for (String path : present.keySet()) {
            if (!isBytecode(path)) {
                List<FileFinding> own = owner(path).map(findings::get).orElse(null);
                if (own == null) {
                    unowned.add(path);
                } else {
                    own.add(new FileFinding.Added(path));
                }
            }
        }
        Collections.sort(unowned);
        var all = new ArrayList<RecordFindings>();
        findings.forEach((distribution, own) -> {
            own.sort(Comparator.comparing(FileFinding::path));
            all.add(new RecordFindings(distribution, counts.getOrDefault(distribution, 0), own));
        });
        return new Report(all, unowned);
    }

    /**
     * Compares the files of one RECORD, takes them out of {@link #present}, and returns how many
     * they were.
     */
    private int compare(InstalledDistribution distribution, String site, List<FileFinding> findings)
            throws IOException {
        String recordPath =
                environment.relativize(distribution.distInfo().resolve("RECORD")).toString();
        BasicFileAttributes record = present.get(recordPath);
        if (record == null) {
            findings.add(new FileFinding.NoRecord(recordPath));
            own(distribution, recordPath, site);
            return 0;
        }
        List<InstalledRecord.Line> lines;
        boolean readable = true;
        try {
            lines = InstalledRecord.read(distribution, environment).lines;
        } catch (InvalidSyntaxException e) {
            findings.add(
                    new FileFinding.Changed(
                            recordPath, new Change.NotUnderstood(String.valueOf(e.getMessage()))));
            lines = List.of();
            readable = false;
        }
        String metadata =
                environment.relativize(distribution.distInfo().resolve("METADATA")).toString();
        if (readable && lines.stream().noneMatch(line -> line.target().equals(metadata))) {
            findings.add(new FileFinding.Changed(recordPath, new Change.MetadataNotListed()));
        }
        for (InstalledRecord.Line line : lines) {
            own(distribution, line.target(), site);
            BasicFileAttributes attributes = present.remove(line.target());
            if (attributes == null) {
                attributes = attributes(line.target());
            }
            compare(line, attributes, record.lastModifiedTime()).ifPresent(findings::add);
        }
        present.remove(recordPath);
        return lines.size();
    }

    private @Nullable BasicFileAttributes attributes(String path) throws IOException {
        try {
            return Files.readAttributes(
                    environment.resolve(path),
                    BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return null;
        } catch (FileSystemException e) {
            if (!Files.exists(environment.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                return null; // a part of the path is a file
            }
            throw e;
        }
    }

    private Optional<FileFinding> compare(
            InstalledRecord.Line line, @Nullable BasicFileAttributes attributes, FileTime installed)
            throws IOException {
        RecordEntry entry = line.entry();
        if (attributes == null) {
            // Bytecode is made and dropped at will, even where a RECORD lists it.
            return isBytecode(line.target())
                    ? Optional.empty()
                    : Optional.of(new FileFinding.Missing(line.target()));
        }
        if (line.target().startsWith("bin/")
                && attributes.isRegularFile()
                && lostItsBit(environment.resolve(line.target()))) {
            return changed(line, new Change.NotExecutable());
        }
        if (entry.hash() == null || !RecordHash.isStrong(RecordHash.algorithm(entry.hash()))) {
            return Optional.empty();
        }
        if (entry.size() != null
                && attributes.size() != entry.size()
                && !attributes.isSymbolicLink()) {
            return changed(line, new Change.OtherSize(attributes.size(), entry.size()));
        }
        boolean untouched =
                attributes.isRegularFile()
                        && entry.size() != null
                        && attributes.lastModifiedTime().compareTo(installed) <= 0;
        if (depth == Depth.QUICK && untouched) {
            return Optional.empty();
        }
        Path file = environment.resolve(line.target());
        if (!Files.isRegularFile(file)) {
            return changed(line, new Change.NotOrdinary());
        }
        String now;
        try {
            now = hash(file, RecordHash.algorithm(entry.hash()));
        } catch (AccessDeniedException _) {
            return changed(line, new Change.NotReadable());
        }
        return RecordHash.same(now, entry.hash())
                ? Optional.empty()
                : changed(line, new Change.OtherHash(now, entry.hash()));
    }

    /** A script or a program in machine code that may not be run. */
    private static boolean lostItsBit(Path program) throws IOException {
        if (Files.isExecutable(program)) {
            return false;
        }
        try (InputStream stream = Files.newInputStream(program)) {
            var start = new String(stream.readNBytes(4), StandardCharsets.ISO_8859_1);
            return start.startsWith("#!") || start.equals("\u007fELF");
        }
    }

    private static Optional<FileFinding> changed(InstalledRecord.Line line, Change change) {
        return Optional.of(new FileFinding.Changed(line.target(), change));
    }

    private static String hash(Path file, String algorithm) throws IOException {
        MessageDigest digest = Hashes.digest(algorithm);
        byte[] buffer = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return RecordHash.text(algorithm, digest.digest());
    }

    private void own(InstalledDistribution distribution, String path, String site) {
        for (String folder = parent(path);
                folder.length() > site.length() && folder.startsWith(site); ) {
            owners.merge(
                    folder,
                    Optional.of(distribution),
                    (a, b) -> a.equals(b) ? a : Optional.empty());
            folder = parent(folder);
        }
    }

    private Optional<InstalledDistribution> owner(String path) {
        for (String folder = parent(path); !folder.isEmpty(); folder = parent(folder)) {
            Optional<InstalledDistribution> owner = owners.get(folder);
            if (owner != null) {
                return owner;
            }
        }
        return Optional.empty();
    }

    private static boolean isBytecode(String path) {
        return path.endsWith(".pyc") && path.contains("__pycache__/");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
