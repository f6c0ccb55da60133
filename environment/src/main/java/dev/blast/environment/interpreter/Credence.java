package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which programs may be started unasked, outside of any sandbox. A folder's word for one is a
 * stranger's word, and so is a program that a sandbox could have written.
 *
 * <p>A program is started by its name, after a look at it. That is one act, because nobody else can
 * come between: every folder and link on the way belongs to this user or to root, nobody else may
 * write there, and neither may a program in a sandbox.
 */
final class Credence {
    private static final int ROOT = 0;

    private final InterpreterPlaces discovery;
    private final Path home;
    private final Optional<Path> project;
    private final Interpreters.Writable writable;

    /**
     * @param project around which nothing is believed
     * @param writable where programs in sandboxes may write, or could once
     */
    Credence(
            InterpreterPlaces discovery,
            Path home,
            Optional<Path> project,
            Interpreters.Writable writable) {
        this.discovery = discovery;
        this.home = home;
        this.project = project;
        this.writable = writable;
    }

    /**
     * Why it is not started where nobody has named it: neither on PATH nor where interpreters are
     * installed, or exposed. Empty where it may be.
     */
    Optional<String> objection(Path executable) throws IOException {
        Way way = Way.to(executable);
        Optional<String> exposed = exposure(way);
        if (exposed.isPresent()) {
            return exposed;
        }
        return discovery.usual(way.file())
                        || (InterpreterPlaces.isNamed(way.file()) && isOfTheSystem(way))
                ? Optional.empty()
                : Optional.of("is not on PATH and not where interpreters are installed");
    }

    /** Who else could have made it what it is; empty where only this user and root could. */
    Optional<String> exposure(Path executable) throws IOException {
        return exposure(Way.to(executable));
    }

    private Optional<String> exposure(Way way) throws IOException {
        Optional<String> onTheWay = way.others(Way.Keeper.USER);
        if (onTheWay.isPresent()) {
            return onTheWay;
        }
        Path library = way.file().resolveSibling("../lib").normalize();
        if (Files.exists(library)) {
            Optional<String> others = Way.Step.of(library).others(Way.Keeper.USER);
            if (others.isPresent()) {
                return others;
            }
        }
        return inSandboxes(way, library);
    }

    private Optional<String> inSandboxes(Way way, Path library) throws IOException {
        if (project.isPresent()) {
            Path outermost = outermost(project.get());
            if (way.steps().stream().anyMatch(step -> step.path().startsWith(outermost))) {
                return Optional.of(
                        "lies in the project %s, whose programs are not started unasked"
                                .formatted(outermost));
            }
        }
        for (Path folder : writable.folders()) {
            if (!Files.exists(folder)) {
                continue;
            }
            Path real = folder.toRealPath();
            if (real.startsWith(library)
                    || way.steps().stream().anyMatch(step -> step.path().startsWith(real))) {
                return Optional.of(
                        "lies where programs in sandboxes could write: rules let them write "
                                + folder);
            }
        }
        return Optional.empty();
    }

    /** The outermost folder, below the home, that looks like the same checkout or workspace. */
    private Path outermost(Path start) throws IOException {
        Path real = start.toRealPath();
        Path outermost = real;
        for (Path folder = real; folder != null; folder = folder.getParent()) {
            if (home.startsWith(folder)) {
                break;
            }
            for (String mark : List.of(".git", "pyproject.toml", "requirements.txt")) {
                if (Files.exists(folder.resolve(mark), LinkOption.NOFOLLOW_LINKS)) {
                    outermost = folder;
                }
            }
        }
        return outermost;
    }

    /** For root this says nothing: what a stranger gave to root belongs to root, too. */
    private static boolean isOfTheSystem(Way way) throws IOException {
        return Processes.own() != ROOT
                && way.steps().stream().allMatch(step -> step.owner() == ROOT);
    }
}
