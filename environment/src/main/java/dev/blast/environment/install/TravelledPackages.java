package dev.blast.environment.install;

import dev.blast.environment.interpreter.JsonFields;
import dev.blast.environment.interpreter.Scheme;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.RecordFile;
import dev.blast.packaging.WheelFile;
import dev.blast.packaging.archive.DistInfo;
import dev.blast.packaging.archive.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks files that were installed elsewhere as the files of a wheel are checked: each is in the
 * RECORD of a distribution with a strong hash, and has it; metadata tell the name of their folder;
 * nothing lies where a distribution may not bring anything, or describes another. What was made in
 * an environment by hand, bytecode and what is read from a folder of the other machine do not pass.
 */
public final class TravelledPackages {
    private static final String DIST_INFO = ".dist-info";
    private static final long TEXT_CAP_BYTES = 16 << 20;
    private static final long RECORD_LINE_BYTES = 4096;

    private final Map<String, InstallEntry> files = new TreeMap<>();
    private final Scheme scheme;
    private final StandardLibrary library;
    private final Set<String> owned = new HashSet<>();

    private TravelledPackages(
            Collection<InstallEntry> files, Scheme scheme, StandardLibrary library) {
        files.forEach(it -> this.files.put(it.target(), it));
        this.scheme = scheme;
        this.library = library;
    }

    /**
     * The distributions that these files are, sorted by name.
     *
     * @param files all but the venv's own; their hashes have been compared with what they hold
     * @param scheme where things go
     * @param standardLibrary of the interpreter that they are for
     * @throws RefusedFilesException where they are not, all and whole
     */
    public static List<TravelledPackage> of(
            Collection<InstallEntry> files, Scheme scheme, Path standardLibrary)
            throws IOException {
        return new TravelledPackages(files, scheme, new StandardLibrary(standardLibrary)).all();
    }

    private List<TravelledPackage> all() throws IOException {
        var found = new TreeMap<PackageName, TravelledPackage>();
        for (String folder : folders()) {
            TravelledPackage each = new OnePackage(folder).read();
            if (found.put(each.plan().name(), each) != null) {
                throw new RefusedFilesException(
                        "%s is there twice, the second time in '%s'"
                                .formatted(each.plan().name(), folder));
            }
        }
        for (String target : files.keySet()) {
            if (isBytecode(target)) {
                throw new RefusedFilesException(
                        "'%s' is bytecode, which Python makes itself".formatted(target));
            }
            if (!owned.contains(target)) {
                throw new RefusedFilesException(
                        "'%s' belongs to no package: no RECORD lists it".formatted(target));
            }
        }
        return List.copyOf(found.values());
    }

    /** What describes a distribution, directly in site-packages. */
    private Set<String> folders() throws RefusedFilesException {
        var folders = new TreeSet<String>();
        for (String target : files.keySet()) {
            for (String site :
                    new TreeSet<>(List.of(scheme.purelib() + "/", scheme.platlib() + "/"))) {
                if (!target.startsWith(site)) {
                    continue;
                }
                int slash = target.indexOf('/', site.length());
                String top = target.substring(site.length(), Math.max(slash, site.length()));
                String name = slash < 0 ? target.substring(site.length()) : top;
                if (slash > 0 && top.endsWith(DIST_INFO)) {
                    folders.add(site + top);
                } else if (DistInfo.describes(name)) {
                    throw new RefusedFilesException(Refusal.FOREIGN_DIST_INFO.sentence(target));
                }
            }
        }
        return folders;
    }

    /** Whether whoever asks what a file does at a start, or to others, reads all of it. */
    private static boolean isReadWhole(String target) {
        return target.endsWith(".pth") || target.endsWith("/__init__.py");
    }

    /** Bytecode that Python keeps beside sources. */
    public static boolean isBytecode(String target) {
        return target.contains("/__pycache__/");
    }

    private final class OnePackage {
        private final String folder;
        private final String site;
        private String called;

        OnePackage(String folder) {
            this.folder = folder;
            this.site = folder.substring(0, folder.lastIndexOf('/'));
            this.called = folder.substring(folder.lastIndexOf('/') + 1);
        }

        TravelledPackage read() throws IOException {
            Metadata metadata = metadata();
            WheelFile wheel = wheel();
            requireNotEditable();
            List<InstallEntry> entries = record();
            var plan = new InstallPlan(metadata.name(), metadata.version(), "", folder, entries);
            return new TravelledPackage(
                    plan,
                    wheel.tags(),
                    wheel.rootIsPurelib(),
                    files.containsKey(folder + "/REQUESTED"),
                    metadata.license().orElse(null));
        }

        private Metadata metadata() throws IOException {
            Metadata metadata;
            try {
                metadata = Metadata.read(text("METADATA"));
            } catch (InvalidSyntaxException e) {
                throw refused(Refusal.METADATA_SYNTAX, "METADATA cannot be read: " + e.reason());
            }
            if (!DistInfo.isOf(metadata.name(), metadata.version(), called)) {
                throw refused(Refusal.NAME_DIFFERS, metadata.name() + " " + metadata.version());
            }
            called = metadata.name() + " " + metadata.version();
            return metadata;
        }

        private WheelFile wheel() throws IOException {
            try {
                return WheelFile.read(text("WHEEL"));
            } catch (InvalidSyntaxException e) {
                throw refused(Refusal.METADATA_SYNTAX, "WHEEL cannot be read: " + e.reason());
            }
        }

        private void requireNotEditable() throws IOException {
            if (!files.containsKey(folder + "/direct_url.json")) {
                return;
            }
            JsonFields said;
            try {
                said = JsonFields.parse(text("direct_url.json"));
            } catch (IOException e) {
                throw new RefusedFilesException(
                        "the direct_url.json of %s cannot be read: %s"
                                .formatted(called, e.getMessage()));
            }
            if (said.members().get("dir_info") instanceof JsonFields info
                    && Boolean.TRUE.equals(info.members().get("editable"))) {
                throw new RefusedFilesException(
                        "%s is installed editable: it is read from a folder of the machine where it was saved, and does not travel"
                                .formatted(called));
            }
        }

        private List<InstallEntry> record() throws IOException {
            String own = folder + "/RECORD";
            var lines = new HashMap<String, RecordEntry>();
            for (RecordEntry line : lines()) {
                if (lines.put(target(line), line) != null) {
                    throw refused(Refusal.RECORD_TWICE, line.path());
                }
            }
            var entries = new ArrayList<InstallEntry>();
            for (String target : new TreeSet<>(lines.keySet())) {
                InstallEntry file = files.get(target);
                if (target.equals(own)) {
                    continue;
                }
                if (file == null) {
                    if (isBytecode(target)) {
                        continue; // made and dropped at will, even where a RECORD lists it
                    }
                    throw refused(Refusal.ONLY_IN_RECORD, target);
                }
                if (isReadWhole(target) && file.sizeBytes() > TEXT_CAP_BYTES) {
                    throw refused(Refusal.TEXT_TOO_LARGE, target);
                }
                compare(file, lines.get(target));
                place(target);
                entries.add(file);
                owned.add(target);
            }
            for (String target : files.keySet()) {
                if (target.startsWith(folder + "/")
                        && !target.equals(own)
                        && !owned.contains(target)) {
                    throw refused(Refusal.NOT_IN_RECORD, target);
                }
            }
            InstallEntry record = required("RECORD", Refusal.NO_RECORD);
            owned.add(own);
            entries.add(new InstallEntry(own, record.source(), false, null, record.sizeBytes()));
            return entries;
        }

        private List<RecordEntry> lines() throws IOException {
            long cap = RECORD_LINE_BYTES * (files.size() + 1);
            try {
                return RecordFile.read(text(required("RECORD", Refusal.NO_RECORD), cap)).entries();
            } catch (InvalidSyntaxException e) {
                throw refused(Refusal.RECORD_SYNTAX, e.reason());
            }
        }

        private String target(RecordEntry line) throws RefusedFilesException {
            try {
                Path path = Path.of(site).resolve(line.path()).normalize();
                if (!path.isAbsolute() && !path.startsWith("..") && !path.toString().isEmpty()) {
                    return path.toString();
                }
            } catch (InvalidPathException _) {
                // is no name of a file
            }
            throw new RefusedFilesException(
                    "the RECORD of %s lists '%s', which is no file of the environment"
                            .formatted(called, line.path()));
        }

        private void compare(InstallEntry file, @Nullable RecordEntry line) throws IOException {
            String hash = line == null ? null : line.hash();
            if (line == null || hash == null) {
                throw refused(Refusal.RECORD_NO_HASH, file.target());
            }
            String algorithm = RecordHash.algorithm(hash);
            if (!RecordHash.isStrong(algorithm)) {
                throw refused(Refusal.RECORD_WEAK_HASH, file.target());
            }
            if (line.size() != null && line.size() != file.sizeBytes()) {
                throw refused(Refusal.RECORD_SIZE, file.target());
            }
            String there =
                    algorithm.equals(RecordHash.SHA256)
                            ? file.hash()
                            : RecordHash.text(algorithm, digest(file, algorithm));
            if (there == null || !RecordHash.same(there, hash)) {
                throw refused(Refusal.RECORD_HASH, file.target());
            }
        }

        private static byte[] digest(InstallEntry file, String algorithm) throws IOException {
            MessageDigest digest = Hashes.digest(algorithm);
            if (file.source() instanceof FileSource.Taken(Contents contents, String hash)) {
                try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                    contents.copy(hash, file.sizeBytes(), sink); // may be larger than the memory
                }
                return digest.digest();
            }
            return digest.digest(file.source().read());
        }

        private void place(String target) throws IOException {
            if (!Frame.takes(target, scheme)) {
                throw refused(Refusal.RESERVED_PATH, target);
            }
            String scripts = scheme.scripts() + "/";
            if (target.startsWith(scripts)) {
                String program = target.substring(scripts.length());
                if (Modules.isModule(program) && library.has(Modules.name(program))) {
                    throw refused(Refusal.SHADOWS_LIBRARY, target);
                }
            }
            if (target.startsWith(site + "/") && !target.startsWith(folder + "/")) {
                int slash = target.indexOf('/', site.length() + 1);
                String top =
                        target.substring(site.length() + 1, slash < 0 ? target.length() : slash);
                if (DistInfo.describes(top)) {
                    throw refused(Refusal.FOREIGN_DIST_INFO, target);
                }
            }
        }

        private String text(String name) throws IOException {
            return text(required(name, Refusal.NO_METADATA), TEXT_CAP_BYTES);
        }

        private InstallEntry required(String name, Refusal missing) throws RefusedFilesException {
            InstallEntry file = files.get(folder + "/" + name);
            if (file == null) {
                throw refused(missing, folder + "/" + name);
            }
            return file;
        }

        private String text(InstallEntry file, long capBytes) throws IOException {
            if (file.sizeBytes() > capBytes) {
                throw refused(Refusal.TEXT_TOO_LARGE, file.target());
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(file.source().read()))
                        .toString();
            } catch (CharacterCodingException _) {
                throw new RefusedFilesException("'%s' is not UTF-8".formatted(file.target()));
            }
        }

        private RefusedFilesException refused(Refusal refusal, String subject) {
            return new RefusedFilesException(called + ": " + refusal.sentence(subject));
        }
    }
}
