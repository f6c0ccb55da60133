package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.AtomicFile;
import dev.blast.environment.interpreter.Elsewhere;
import dev.blast.environment.project.Project;
import dev.blast.environment.sync.SyncResult;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PlatformName;
import dev.blast.packaging.Pylock;
import dev.blast.packaging.Version;
import dev.blast.solver.lock.HashedRequirements;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A sync that installs nothing: for a lock alone, or for another machine. */
final class LockOnly {
    private static final String OPTION = "--lock-only";
    private static final String REQUIREMENTS = ".txt";
    private static final String HEADER = "# written by blast sync --lock-only\n";
    private static final String UNIVERSAL = "--universal";
    private static final String PLATFORM = "--platform";
    private static final String PYTHON = "--python-version";

    private final Arguments arguments;

    LockOnly(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Whether a lock is all that is wanted. */
    boolean isAsked() {
        return arguments.has(OPTION);
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
        for (String other : List.of("--frozen", "--dry-run", "--force", "--compare", "--repair")) {
            if (isAsked() && arguments.has(other)) {
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
        if (isElsewhere && isAsked() && file().isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "pylock.toml is the lock of this machine; one of another needs a name of its own",
                    "such as --lock-only pylock.windows.toml");
        }
        Optional<String> name = file().map(path -> String.valueOf(path.getFileName()));
        if (name.isPresent()
                && !name.get().endsWith(REQUIREMENTS)
                && !name.get().matches("pylock(\\.[^.]+)?\\.toml")) {
            throw new Failure(
                    Exit.USAGE,
                    "%s: a lock is called pylock.toml or pylock.NAME.toml (PEP 751), a requirements file with hashes NAME.txt, not '%s'"
                            .formatted(OPTION, name.get()));
        }
    }

    private Optional<Path> file() {
        return arguments.value(OPTION).filter(name -> !name.isEmpty()).map(Path::of);
    }

    /** Writes what was chosen; the file. */
    Path write(SyncResult.Answer answer, Project project) throws Failure, IOException {
        Path folder = project.directory();
        Path file = file().map(folder::resolve).orElse(answer.lockFile());
        if (answer.lockText().isEmpty()) {
            throw new Failure(
                    Exit.FINDINGS,
                    "no lock was written: the index gives no hash for one of the files, and none is fetched for "
                            + OPTION);
        }
        boolean isRequirements = file.toString().endsWith(REQUIREMENTS);
        if (isRequirements) {
            requireOurs(file, project);
        }
        AtomicFile.write(
                file,
                isRequirements
                        ? requirements(answer.lockText().get(), folder)
                        : answer.lockText().get());
        return file;
    }

    /** What people wrote, or another tool, is not written over. */
    private static void requireOurs(Path file, Project project) throws Failure, IOException {
        boolean isAsked = project.inputs().contains(file.toAbsolutePath().normalize());
        if (isAsked
                || (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        && !(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                && Files.readString(file, StandardCharsets.ISO_8859_1)
                                        .startsWith(HEADER)))) {
            throw new Failure(
                    Exit.FINDINGS,
                    "%s was not written by %s, and is left as it is".formatted(file, OPTION),
                    isAsked
                            ? "it says what the project asks for; another name, such as requirements.lock.txt"
                            : "another name, or delete it first");
        }
    }

    /** The lock for what is asked for, with hashes; {@code --group} adds to the default ones. */
    private String requirements(String lock, Path folder) throws Failure {
        try {
            Pylock pylock = LockFile.read(lock, "pylock.toml", folder).pylock();
            var groups = new TreeSet<ExtraName>(pylock.defaultGroups());
            groups.addAll(arguments.values("--group").stream().map(ExtraName::new).toList());
            return HEADER
                    + HashedRequirements.of(
                            pylock,
                            folder,
                            arguments.values("--extra").stream()
                                    .map(ExtraName::new)
                                    .collect(Collectors.toSet()),
                            groups);
        } catch (LockException e) {
            throw new Failure(Exit.FINDINGS, OPTION + ": " + e.getMessage());
        }
    }
}
