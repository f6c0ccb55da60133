package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.AtomicFile;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.interpreter.Elsewhere;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Grounds;
import dev.blast.environment.sync.SyncResult;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PlatformName;
import dev.blast.packaging.Pylock;
import dev.blast.packaging.Version;
import dev.blast.solver.lock.HashedRequirements;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sync that installs nothing: for a lock alone, or for another machine. */
final class LockOnly {
    private static final String OPTION = "--lock-only";
    private static final String REQUIREMENTS = ".txt";
    private static final String HEADER = "# written by blast sync --lock-only\n";
    private static final String UNIVERSAL = "--universal";
    private static final String OVERWRITE = "--overwrite-lock";
    private static final String PLATFORM = "--platform";
    private static final String PYTHON = "--python-version";
    private static final String STANDARD_OUTPUT = "-";

    private final Arguments arguments;
    private final Path directory;

    /**
     * @param directory from where the file is named
     */
    LockOnly(Arguments arguments, Path directory) {
        this.arguments = arguments;
        this.directory = directory;
    }

    LockOnly(Invocation invocation) {
        this(invocation.arguments(), invocation.directory());
    }

    /** Whether a lock is all that is wanted. */
    boolean isAsked() {
        return arguments.has(OPTION);
    }

    /** Whether what is chosen is wanted as a requirements file, on standard output. */
    boolean isPrinted() {
        return STANDARD_OUTPUT.equals(name());
    }

    /** What is typed as the file; null for none. */
    private @Nullable String name() {
        return arguments.value(OPTION).filter(name -> !name.isEmpty()).orElse(null);
    }

    private boolean isRequirements() {
        String name = name();
        return isPrinted() || (name != null && name.endsWith(REQUIREMENTS));
    }

    /** Whether the lock of a project is left as it is where it would lose something. */
    boolean keepsLock(Project project) {
        boolean isWritten = !arguments.has("--dry-run") && !isRequirements();
        return isWritten
                && !arguments.has(OVERWRITE)
                && project.lockFile().startsWith(project.directory());
    }

    /** The project, where its lock is another file. */
    Project lockOf(Project project) {
        String name = name();
        return name == null || isRequirements() ? project : project.lockedIn(file(name));
    }

    /** In a folder without links, so that what is named from there is found from there. */
    private Path file(String name) {
        Path file = directory.resolve(name).normalize();
        return Grounds.real(HeldFolder.above(file)).resolve(file.getFileName());
    }

    /** The machine, where it is another one. */
    Optional<Elsewhere> machine() throws Failure {
        Optional<String> platform = arguments.value(PLATFORM);
        Optional<String> python = arguments.value(PYTHON);
        requireSense(platform.isPresent() || python.isPresent());
        if (platform.isEmpty() && python.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Elsewhere(platform.map(PlatformName::of), python.map(LockOnly::version)));
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static Version version(String text) {
        if (!text.matches("3\\.\\d{1,3}(\\.\\d{1,3})?")) {
            throw new IllegalArgumentException(
                    "%s takes a version of Python 3, such as 3.13 or 3.12.4, not '%s'"
                            .formatted(PYTHON, text));
        }
        return Version.parse(text.indexOf('.') == text.lastIndexOf('.') ? text + ".0" : text);
    }

    private void requireSense(boolean isElsewhere) throws Failure {
        if (isElsewhere && arguments.has(UNIVERSAL)) {
            throw new Failure(
                    Exit.USAGE,
                    "%s is for all the usual machines and Pythons, and goes without %s and %s"
                            .formatted(UNIVERSAL, PLATFORM, PYTHON));
        }
        if (arguments.has(UNIVERSAL) && arguments.has("--frozen")) {
            throw new Failure(
                    Exit.USAGE,
                    "--frozen takes exactly what is locked, and %s locks for more"
                            .formatted(UNIVERSAL));
        }
        if (arguments.has(OVERWRITE) && arguments.has("--frozen")) {
            throw new Failure(
                    Exit.USAGE,
                    "--frozen leaves the lock as it is, and %s writes it anew"
                            .formatted(OVERWRITE));
        }
        for (String other : List.of("--frozen", "--dry-run", "--force", "--compare", "--repair")) {
            if (isAsked()
                    && arguments.has(other)
                    && !(other.equals("--frozen") && isRequirements())) {
                throw new Failure(
                        Exit.USAGE,
                        "%s writes a lock and does nothing else; it goes without %s"
                                .formatted(OPTION, other));
            }
            if (isElsewhere && arguments.has(other) && !other.equals("--dry-run")) {
                throw new Failure(
                        Exit.USAGE,
                        "%s is about this machine; it goes without %s and %s"
                                .formatted(other, PLATFORM, PYTHON));
            }
        }
        if (isElsewhere && arguments.has("--python")) {
            throw new Failure(
                    Exit.USAGE,
                    "--python names an interpreter that is here, %s one that is not"
                            .formatted(PYTHON));
        }
        if (isElsewhere && !isAsked() && !arguments.has("--dry-run")) {
            throw new Failure(
                    Exit.USAGE,
                    "nothing can be installed here for another machine or Python; nothing was changed",
                    "--dry-run says what would be chosen, --lock-only FILE writes the lock");
        }
        if (isElsewhere && isAsked() && name() == null) {
            throw new Failure(
                    Exit.USAGE,
                    "pylock.toml is the lock of this machine; one of another needs a name of its own",
                    "such as --lock-only pylock.windows.toml");
        }
        if (isPrinted() && arguments.has("--json")) {
            throw new Failure(
                    Exit.USAGE,
                    "%s - prints a requirements file, and --json a document".formatted(OPTION),
                    "%s FILE --json writes the one and prints the other".formatted(OPTION));
        }
        String name = name();
        if (name != null && !isRequirements() && !isLock(directory.resolve(name))) {
            throw new Failure(
                    Exit.USAGE,
                    "%s: a lock is called pylock.toml or pylock.NAME.toml (PEP 751), a requirements file with hashes NAME.txt, or - for standard output, not '%s'"
                            .formatted(OPTION, name));
        }
    }

    private static boolean isLock(Path file) {
        return String.valueOf(file.getFileName()).matches("pylock(\\.[^.]+)?\\.toml");
    }

    /**
     * Writes what was chosen; the file.
     *
     * @param parts those asked for
     */
    Path write(SyncResult.Answer answer, Project project, AskedProject.Parts parts)
            throws Failure, IOException {
        String name = name();
        if (name == null || !isRequirements()) {
            AtomicFile.write(answer.lockFile(), text(answer));
            return answer.lockFile();
        }
        Path file = file(name);
        requireOurs(file, project);
        AtomicFile.write(file, requirements(answer, parts));
        return file;
    }

    private static String text(SyncResult.Answer answer) throws Failure {
        String text = answer.lockText().orElse(null);
        if (text == null || text.isEmpty()) {
            throw new Failure(
                    Exit.FINDINGS,
                    text == null
                            ? "no lock was written: the index gives no hash for one of the files, and none is fetched for "
                                    + OPTION
                            : "no lock was written: the folder of %s cannot be written to"
                                    .formatted(answer.lockFile()));
        }
        return text;
    }

    /** What people wrote, or another tool, is not written over. */
    private static void requireOurs(Path file, Project project) throws Failure, IOException {
        boolean isAsked = project.inputs().contains(file);
        if (isAsked || (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !beginsAsOurs(file))) {
            throw new Failure(
                    Exit.FINDINGS,
                    "%s was not written by %s, and is left as it is".formatted(file, OPTION),
                    isAsked
                            ? "it says what the project asks for; another name, such as requirements.lock.txt"
                            : "another name, or delete it first");
        }
    }

    private static boolean beginsAsOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(header.length), header);
        }
    }

    /** The same as a requirements file. */
    String requirements(SyncResult.Answer answer, AskedProject.Parts parts) throws Failure {
        Path folder = HeldFolder.above(answer.lockFile());
        List<ExtraName> groups = parts.groups();
        try {
            Pylock lock = LockFile.read(text(answer), "pylock.toml", folder).pylock();
            return HEADER
                    + HashedRequirements.of(
                            lock.only(answer.covered()),
                            folder,
                            parts.extras(),
                            Set.copyOf(groups == null ? lock.defaultGroups() : groups));
        } catch (LockException e) {
            throw new Failure(Exit.FINDINGS, OPTION + ": " + e.getMessage());
        }
    }
}
