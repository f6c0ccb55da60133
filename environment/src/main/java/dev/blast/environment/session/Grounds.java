package dev.blast.environment.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a project can be. A session may write its project, so one that contains the machine's own
 * folders or a home would hand out what runs later and what is secret, and no list of names takes
 * all of it back.
 */
public final class Grounds {
    private static final List<String> OF_THE_MACHINE =
            List.of(
                    "/etc", "/usr", "/bin", "/sbin", "/lib", "/lib64", "/boot", "/dev", "/proc",
                    "/run", "/sys", "/var", "/home", "/root");

    /** Where programs keep what they believe, in a home. */
    private static final List<String> OF_A_HOME =
            List.of(".config", ".local/share", ".local/state", ".local/bin", ".cache", ".ssh");

    private Grounds() {}

    /**
     * Why a folder cannot be a project; empty where it can.
     *
     * @param project the folder, without links
     */
    public static Optional<String> refusal(Path project, Workspace workspace) {
        Path home = real(workspace.home());
        if (home.startsWith(project) && home.getParent() != null) {
            String what = home.equals(project) ? "it is your home" : "it contains your home";
            return Optional.of(what + ", with keys and with what other programs run later");
        }
        for (String name : OF_A_HOME) {
            if (real(workspace.home().resolve(name)).startsWith(project)) {
                return Optional.of("it holds " + workspace.shown(home.resolve(name)));
            }
        }
        for (String name : OF_THE_MACHINE) {
            if (real(Path.of(name)).startsWith(project)) {
                return Optional.of("it contains " + name + ", which is the machine's");
            }
        }
        for (Path own : workspace.directories().all()) {
            if (project.startsWith(real(own))) {
                return Optional.of("it lies in " + workspace.shown(own) + ", which is Blast's own");
            }
        }
        return Optional.empty();
    }

    /** What is not there has no links. */
    public static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            Path above = path.getParent();
            return above == null ? path : real(above).resolve(path.getFileName());
        }
    }
}
