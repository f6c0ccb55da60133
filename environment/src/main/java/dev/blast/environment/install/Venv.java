package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.Scheme;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A virtual environment on disk (PEP 405), made without starting Python. */
public final class Venv {
    /**
     * What a venv is made of; a file of somebody else's beside these stays when the venv is laid
     * out anew.
     */
    public static final Set<String> PARTS =
            Set.of("bin", "lib", "lib64", "include", "share", "etc", "pyvenv.cfg");

    /** The folder for headers, relative to the environment: there even while it is empty. */
    public static final String INCLUDE = "include";

    private static final String CONFIGURATION = "pyvenv.cfg";
    private static final String LIB64 = "lib64";

    /** The environment is nothing to commit. */
    public static final String GIT_IGNORE = ".gitignore";

    private static final String PYTHON = "python";

    /**
     * In pyvenv.cfg: this venv was made by Blast, in this layout. Other tools leave such a key too.
     */
    private static final String MAKER_KEY = "blast";

    private static final String LAYOUT = "1";
    private static final String SYSTEM_KEY = "include-system-site-packages";

    /** What other makers lay out beside what Blast does. */
    private static final Set<String> OTHERS =
            Set.of("bin/pydoc.bat", "bin/activate_this.py", "CACHEDIR.TAG");

    private Venv() {}

    /**
     * Whether a file or link is of the venv itself: its interpreter, what configures and activates
     * it. It is for one place and one interpreter, and is laid out anew for another.
     *
     * @param path relative to the environment's root
     */
    public static boolean isOwn(String path) {
        return path.equals(CONFIGURATION)
                || path.equals(GIT_IGNORE)
                || path.equals(LIB64)
                || Frame.starts(path)
                || OTHERS.contains(path);
    }

    /**
     * Lays out an empty venv in {@code folder} that will work once its content has been moved to
     * {@code root}; the two may be the same.
     *
     * @param folder holds nothing that a venv has
     * @param root absolute; where the environment will be
     * @param prompt what activation shows
     */
    public static void lay(HeldFolder folder, Path root, Interpreter interpreter, String prompt)
            throws IOException {
        Scheme scheme = interpreter.venvScheme();
        folder.makeFolders(Path.of(scheme.purelib()));
        folder.makeFolders(Path.of(scheme.platlib()));
        folder.makeFolders(Path.of(INCLUDE));
        List<String> parts = parts(interpreter);
        if (Files.exists(root.resolve(GIT_IGNORE), LinkOption.NOFOLLOW_LINKS)) {
            parts.remove(GIT_IGNORE); // somebody's own word
        }
        lay(folder, root, interpreter, prompt, parts);
    }

    /**
     * Lays out some of its parts.
     *
     * @param parts of {@link #missing}
     */
    public static void lay(
            HeldFolder folder,
            Path root,
            Interpreter interpreter,
            String prompt,
            Collection<String> parts)
            throws IOException {
        String shown = prompt.replaceAll("[\\p{Cntrl}$`\\\\%!'\"]", "_"); // shells expand prompts
        Path scripts = Path.of(interpreter.venvScheme().scripts());
        folder.makeFolders(scripts);
        for (String part : parts) {
            Path place = Path.of(part);
            if (part.equals(CONFIGURATION)) {
                folder.create(place, configuration(root, interpreter, shown).text());
            } else if (part.equals(GIT_IGNORE)) {
                folder.create(place, "*\n");
            } else if (part.equals(LIB64)) {
                folder.link(place, Path.of("lib"));
            } else if (place.equals(scripts.resolve(PYTHON))) {
                folder.link(place, interpreter.executable());
            } else {
                Optional<ActivationScript> script =
                        ActivationScript.named(place.getFileName().toString());
                if (script.isPresent()) {
                    folder.create(place, script.get().text(root, shown));
                } else {
                    folder.link(place, Path.of(PYTHON));
                }
            }
        }
    }

    /** What a venv consists of besides its folders, relative to it. */
    private static List<String> parts(Interpreter interpreter) {
        String scripts = interpreter.venvScheme().scripts() + "/";
        var parts = new ArrayList<String>(List.of(GIT_IGNORE, LIB64, scripts + PYTHON));
        namesBeside(interpreter).forEach(name -> parts.add(scripts + name));
        for (ActivationScript script : ActivationScript.values()) {
            parts.add(scripts + script.fileName());
        }
        parts.add(CONFIGURATION);
        return parts;
    }

    /**
     * The parts that are not there. What other makers lay out is theirs to know: of their venvs it
     * is what Python cannot do without.
     */
    public static List<String> missing(Path root, Interpreter interpreter) throws IOException {
        Optional<VenvConfiguration> configuration = configuration(root);
        boolean isOurs =
                configuration.isEmpty() || configuration.get().value(MAKER_KEY).isPresent();
        var missing = new ArrayList<String>();
        for (String part : parts(interpreter)) {
            boolean isThere =
                    part.equals(CONFIGURATION)
                            ? configuration.isPresent()
                            : Files.exists(root.resolve(part), LinkOption.NOFOLLOW_LINKS);
            if (!isThere && (isOurs || part.equals(CONFIGURATION))) {
                missing.add(part);
            }
        }
        return missing;
    }

    /**
     * The parts of a venv of ours that are there and lead elsewhere, or do something else, than
     * they were laid out for. Its .gitignore is anybody's to write; what pyvenv.cfg may say is held
     * against where bin/python leads.
     */
    public static List<String> changed(Path root, Interpreter interpreter) throws IOException {
        Optional<VenvConfiguration> configuration = configuration(root);
        var changed = new ArrayList<String>();
        if (configuration.flatMap(written -> written.value(MAKER_KEY)).isEmpty()) {
            return changed;
        }
        for (String part : parts(interpreter)) {
            boolean isThere = Files.exists(root.resolve(part), LinkOption.NOFOLLOW_LINKS);
            if (isThere && !isAsLaidOut(root, part, configuration.get())) {
                changed.add(part);
            }
        }
        return changed;
    }

    private static boolean isAsLaidOut(Path root, String part, VenvConfiguration configuration)
            throws IOException {
        Path place = root.resolve(part);
        if (part.equals(CONFIGURATION) || part.equals(GIT_IGNORE)) {
            return true;
        }
        String name = place.getFileName().toString();
        Optional<ActivationScript> script = ActivationScript.named(name);
        if (script.isPresent()) {
            Path madeAt = madeAt(root, configuration).orElse(root);
            String prompt = configuration.value("prompt").orElse("").replace("'", "");
            return Files.isRegularFile(place)
                    && OrdinaryFile.text(place).equals(script.get().text(madeAt, prompt));
        }
        if (!Files.isSymbolicLink(place)) {
            return false;
        }
        Path target = Files.readSymbolicLink(place);
        if (name.equals(PYTHON)) {
            return configuration
                    .value("home")
                    .equals(Optional.ofNullable(target.getParent()).map(Path::toString));
        }
        return target.toString().equals(part.equals(LIB64) ? "lib" : PYTHON);
    }

    private static List<String> namesBeside(Interpreter interpreter) {
        String version =
                "%d.%d".formatted(interpreter.version().major(), interpreter.version().minor());
        String threads = interpreter.freeThreaded() ? "t" : "";
        return interpreter.implementation().equals("pypy")
                ? List.of("python3", "python" + version, "pypy", "pypy3", "pypy" + version)
                : List.of("python3", "python" + version + threads);
    }

    /** The keys that CPython writes, in its order, then our own. */
    private static VenvConfiguration configuration(
            Path root, Interpreter interpreter, String prompt) throws IOException {
        var values = new LinkedHashMap<String, String>();
        values.put("home", String.valueOf(interpreter.executable().getParent()));
        values.put(SYSTEM_KEY, "false");
        values.put("version", interpreter.version().toString());
        values.put("executable", interpreter.executable().toRealPath().toString());
        values.put("command", interpreter.executable() + " -m venv " + root);
        values.put("prompt", "'" + prompt + "'");
        values.put(MAKER_KEY, LAYOUT);
        return new VenvConfiguration(values);
    }

    /** Whether a pyvenv.cfg that Python can use is there. */
    public static boolean isConfigured(Path root) throws IOException {
        return configuration(root).isPresent();
    }

    /** What stands at a path. */
    public static VenvState inspect(Path root) throws IOException {
        Optional<VenvConfiguration> read = configuration(root);
        if (read.isEmpty()) {
            return withoutConfiguration(root);
        }
        VenvConfiguration configuration = read.get();
        Optional<Path> madeAt = madeAt(root, configuration);
        if (madeAt.isPresent() && !isSame(madeAt.get(), root)) {
            return new VenvState.Moved(configuration, madeAt.get());
        }
        Path python = root.resolve("bin").resolve(PYTHON);
        Path home = Path.of(configuration.value("home").orElse(""));
        if (Files.isExecutable(python)) {
            return new VenvState.Usable(configuration, maker(configuration), python.toRealPath());
        }
        Path gone =
                Files.isSymbolicLink(python)
                        ? home.resolve(Files.readSymbolicLink(python))
                        : python;
        return new VenvState.Orphaned(configuration, gone);
    }

    /**
     * Empty where there is none that Python can use: it reads UTF-8, and takes one that names no
     * home for none.
     */
    private static Optional<VenvConfiguration> configuration(Path root) throws IOException {
        try {
            return Optional.of(
                            VenvConfiguration.parse(OrdinaryFile.text(root.resolve(CONFIGURATION))))
                    .filter(found -> found.value("home").isPresent());
        } catch (NoSuchFileException | NotDirectoryException | CharacterCodingException _) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (Files.isRegularFile(root.resolve(CONFIGURATION))) {
                throw e;
            }
            return Optional.empty(); // a folder, a FIFO; or a part of the path is a file
        }
    }

    private static VenvState withoutConfiguration(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return new VenvState.Absent();
        }
        if (!Files.isDirectory(root)) {
            return new VenvState.Occupied("it is not a folder");
        }
        if (Files.exists(root.resolve(CONFIGURATION), LinkOption.NOFOLLOW_LINKS)) {
            return new VenvState.Occupied("its pyvenv.cfg does not say where its Python is");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!Set.of(".blast", GIT_IGNORE).contains(entry.getFileName().toString())) {
                    return new VenvState.Occupied(
                            "it has no pyvenv.cfg, and holds " + entry.getFileName());
                }
            }
        }
        return new VenvState.Absent();
    }

    /**
     * CPython and Blast note the command; virtualenv and uv note the path only in the activation
     * script.
     */
    private static Optional<Path> madeAt(Path root, VenvConfiguration configuration)
            throws IOException {
        Optional<Path> noted =
                configuration
                        .value("command")
                        .flatMap(command -> {
                            int path = command.indexOf(" /", command.indexOf(" -m venv"));
                            return command.contains(" -m venv") && path > 0
                                    ? Optional.of(Path.of(command.substring(path + 1)))
                                    : Optional.empty();
                        });
        return noted.isPresent() ? noted : ActivationScript.rootIn(root.resolve("bin/activate"));
    }

    private static boolean isSame(Path madeAt, Path root) throws IOException {
        return madeAt.equals(root) || (Files.exists(madeAt) && Files.isSameFile(madeAt, root));
    }

    private static String maker(VenvConfiguration configuration) {
        for (String maker : List.of(MAKER_KEY, "uv", "virtualenv")) {
            if (configuration.value(maker).isPresent()) {
                return maker;
            }
        }
        return "venv";
    }
}
