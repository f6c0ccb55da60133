package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.Scheme;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.RecordFile;
import dev.blast.packaging.archive.DistInfo;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which file of a stored wheel goes where in one environment. Reads the store; changes
 * nothing. For many threads.
 */
public final class InstallPlanner {
    /** What an installer says about an installation; what a wheel says there is not believed. */
    private static final Set<String> INSTALLERS_OWN =
            Set.of("INSTALLER", "REQUESTED", "direct_url.json", InstalledDistribution.GIVES_WAY);

    private final Scheme scheme;

    /** The folders of the scheme, each with a slash at its end. */
    private final String scripts;

    private final List<String> sites;
    private final Path interpreter;
    private final StandardLibrary library;

    /**
     * @param environment the environment's final root: scripts name the interpreter by it
     */
    public InstallPlanner(Interpreter interpreter, Path environment) {
        this.scheme = interpreter.venvScheme();
        this.scripts = scheme.scripts() + "/";
        this.sites = List.of(scheme.purelib() + "/", scheme.platlib() + "/");
        this.interpreter = environment.resolve(scheme.scripts()).resolve("python");
        this.library = new StandardLibrary(interpreter.standardLibrary());
    }

    /**
     * The plan for one wheel.
     *
     * @param requested whether somebody asked for it by name (REQUESTED)
     * @param directUrl the text of direct_url.json, if it does not come from an index
     * @throws RefusedWheelException when it would replace a part of the environment itself
     */
    public InstallPlan plan(StoredWheel wheel, boolean requested, @Nullable String directUrl)
            throws IOException {
        return plan(wheel, requested, directUrl, Map.of());
    }

    /**
     * The same without files that give way to those of others.
     *
     * @param givesWay targets that are left out, by the distribution whose files lie there
     */
    public InstallPlan plan(
            StoredWheel wheel,
            boolean requested,
            @Nullable String directUrl,
            Map<PackageName, Set<String>> givesWay)
            throws IOException {
        return new Wheel(wheel).plan(requested, directUrl, givesWay);
    }

    private final class Wheel {
        private final StoredWheel wheel;
        private final String site;
        private final String distInfo;
        private final String ownMetadata;

        /** Its .dist-info folder as the wheel names it, with a slash. */
        private final String described;

        private final String dataFolder;
        private final Map<String, InstallEntry> entries = new TreeMap<>();

        Wheel(StoredWheel wheel) {
            this.wheel = wheel;
            this.site = wheel.pure() ? scheme.purelib() : scheme.platlib();
            this.distInfo = site + "/" + wheel.distInfo();
            this.ownMetadata = distInfo + "/";
            this.described = wheel.distInfo() + "/";
            this.dataFolder = wheel.distInfo().replaceFirst("\\.dist-info$", ".data") + "/";
        }

        InstallPlan plan(
                boolean requested,
                @Nullable String directUrl,
                Map<PackageName, Set<String>> givesWay)
                throws IOException {
            for (StoredFile file : wheel.files()) {
                if (!isInstallersOwn(file.path())) {
                    add(entry(file));
                }
            }
            for (StoredFile file : wheel.files()) {
                if (file.path().equals(wheel.distInfo() + "/entry_points.txt")) {
                    commands(text(file));
                }
            }
            write("INSTALLER", "blast\n");
            if (requested) {
                write("REQUESTED", "");
            }
            if (directUrl != null) {
                write("direct_url.json", directUrl);
            }
            givesWay.values().forEach(entries.keySet()::removeAll);
            if (!givesWay.isEmpty()) {
                write(InstalledDistribution.GIVES_WAY, lines(givesWay.keySet()));
            }
            byte[] record = record();
            var all = new ArrayList<InstallEntry>(entries.values());
            all.add(
                    new InstallEntry(
                            distInfo + "/RECORD",
                            new FileSource.Written(record),
                            false,
                            null,
                            record.length));
            return new InstallPlan(
                    wheel.wheel().name(), wheel.wheel().version(), wheel.sha256(), distInfo, all);
        }

        private String text(StoredFile file) throws IOException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(wheel.read(file)))
                        .toString();
            } catch (CharacterCodingException _) {
                throw refuse(Refusal.ENTRY_POINT, "entry_points.txt is not UTF-8");
            }
        }

        private static String lines(Collection<PackageName> names) {
            return names.stream()
                    .sorted()
                    .map(name -> name.normalized() + "\n")
                    .collect(Collectors.joining());
        }

        private boolean isInstallersOwn(String path) {
            return path.startsWith(described)
                    && INSTALLERS_OWN.contains(path.substring(described.length()));
        }

        private InstallEntry entry(StoredFile file) throws IOException {
            if (!file.path().startsWith(dataFolder)) {
                return stored(site + "/" + file.path(), file, file.executable());
            }
            InstallEntry entry = data(file);
            if (entry.target().startsWith(ownMetadata)) {
                throw refuse(Refusal.METADATA_BY_DATA, file.path());
            }
            return entry;
        }

        private InstallEntry data(StoredFile file) throws IOException {
            String path = file.path().substring(dataFolder.length());
            int slash = path.indexOf('/');
            String within = path.substring(slash + 1);
            return switch (path.substring(0, slash)) {
                case "purelib" -> stored(scheme.purelib() + "/" + within, file, file.executable());
                case "platlib" -> stored(scheme.platlib() + "/" + within, file, file.executable());
                case "headers" ->
                        stored(
                                scheme.headers() + "/" + wheel.wheel().name() + "/" + within,
                                file,
                                file.executable());
                case "scripts" -> script(scheme.scripts() + "/" + within, file);
                case "data" -> {
                    String target =
                            within.startsWith("lib64/") ? "lib/" + within.substring(6) : within;
                    yield target.startsWith(scheme.scripts() + "/")
                            ? program(target, file)
                            : stored(target, file, file.executable());
                }
                // refused when the wheel was stored
                default -> throw new IllegalStateException(file.path());
            };
        }

        private InstallEntry stored(String target, StoredFile file, boolean executable) {
            return new InstallEntry(
                    target,
                    new FileSource.Stored(wheel, file),
                    executable,
                    file.hash(),
                    file.sizeBytes());
        }

        /** Programs are large: only one that is to be rewritten is read whole. */
        private InstallEntry script(String target, StoredFile file) throws IOException {
            byte[] start = wheel.start(file, Shebang.PLACEHOLDER.length());
            return Shebang.isPlaceholder(start)
                    ? written(target, Shebang.replace(wheel.read(file), interpreter), true)
                    : program(target, file);
        }

        /** Is run, whatever mode the archive gave it; linked if its mode already says so. */
        private InstallEntry program(String target, StoredFile file) throws IOException {
            return file.executable()
                    ? stored(target, file, true)
                    : written(target, wheel.read(file), true);
        }

        /** A command takes the place of a script of the same name, as pip has it. */
        private void commands(String entryPoints) throws IOException {
            Map<String, byte[]> programs;
            try {
                programs = EntryPointScripts.of(entryPoints, interpreter);
            } catch (IllegalArgumentException e) {
                throw refuse(Refusal.ENTRY_POINT, e.getMessage());
            }
            for (var program : programs.entrySet()) {
                String target = scheme.scripts() + "/" + program.getKey();
                checkPlace(target);
                entries.put(target, written(target, program.getValue(), true));
            }
        }

        private void add(InstallEntry entry) throws IOException {
            checkPlace(entry.target());
            if (entries.put(entry.target(), entry) != null) {
                throw refuse(Refusal.DUPLICATE, entry.target());
            }
        }

        private void checkPlace(String target) throws IOException {
            if (!Frame.takes(target, scheme)) {
                throw refuse(Refusal.RESERVED_PATH, target);
            }
            if (target.startsWith(scripts) && shadowsLibrary(target.substring(scripts.length()))) {
                throw refuse(Refusal.SHADOWS_LIBRARY, target);
            }
            String foreign = foreignDescription(target);
            if (foreign != null) {
                throw refuse(Refusal.FOREIGN_DIST_INFO, foreign);
            }
        }

        /** The folder of a program comes before the standard library on its path. */
        private boolean shadowsLibrary(String program) throws IOException {
            return Modules.isModule(program) && library.has(Modules.name(program));
        }

        /** Through its data folder a wheel could describe another distribution, or a new one. */
        private @Nullable String foreignDescription(String target) {
            if (target.startsWith(ownMetadata)) {
                return null;
            }
            for (String folder : sites) {
                if (target.startsWith(folder)) {
                    int slash = target.indexOf('/', folder.length());
                    String top =
                            target.substring(folder.length(), slash < 0 ? target.length() : slash);
                    return DistInfo.describes(top) ? top : null;
                }
            }
            return null;
        }

        private void write(String name, String text) {
            String target = distInfo + "/" + name;
            entries.put(target, written(target, text.getBytes(StandardCharsets.UTF_8), false));
        }

        private static InstallEntry written(String target, byte[] content, boolean executable) {
            return new InstallEntry(
                    target,
                    new FileSource.Written(content),
                    executable,
                    RecordHash.of(content),
                    content.length);
        }

        private byte[] record() {
            var lines = new ArrayList<RecordEntry>(entries.size() + 1);
            String here = site + "/";
            String up = "../".repeat((int) site.chars().filter(c -> c == '/').count() + 1);
            for (InstallEntry entry : entries.values()) {
                String target = entry.target();
                String path =
                        target.startsWith(here) ? target.substring(here.length()) : up + target;
                lines.add(new RecordEntry(path, entry.hash(), entry.sizeBytes()));
            }
            lines.add(new RecordEntry(wheel.distInfo() + "/RECORD", null, null));
            return new RecordFile(lines).write().getBytes(StandardCharsets.UTF_8);
        }

        private RefusedWheelException refuse(Refusal refusal, @Nullable String subject) {
            return new RefusedWheelException(
                    wheel.wheel().name() + " " + wheel.wheel().version(),
                    refusal,
                    String.valueOf(subject));
        }
    }
}
