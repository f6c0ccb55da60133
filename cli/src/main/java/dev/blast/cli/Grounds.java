package dev.blast.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a project can be. A session may write its project, so one that contains the machine's own
 * folders or a home would hand out what runs later and what is secret, and no list of names takes
 * all of it back.
 */
final class Grounds {
    private static final List<String> OF_THE_MACHINE =
            List.of(
                    "/etc", "/usr", "/bin", "/sbin", "/lib", "/lib64", "/boot", "/dev", "/proc",
                    "/run", "/sys", "/var", "/home", "/root");

    /** Where programs keep what they believe, in a home. */
    private static final List<String> OF_A_HOME =
            List.of(".config", ".local/share", ".local/state", ".local/bin", ".cache", ".ssh");

    private Grounds() {}

    /**
     * @param project the folder, without links
     * @throws Failure where nothing may be a project
     */
    static void require(Path project, Workspace workspace) throws Failure {
        Path home = real(workspace.home());
        if (home.startsWith(project) && home.getParent() != null) {
            String what = home.equals(project) ? "it is your home" : "it contains your home";
            throw refused(project, what + ", with keys and with what other programs run later");
        }
        for (String name : OF_A_HOME) {
            if (real(workspace.home().resolve(name)).startsWith(project)) {
                throw refused(project, "it holds " + workspace.shown(home.resolve(name)));
            }
        }
        for (String name : OF_THE_MACHINE) {
            if (real(Path.of(name)).startsWith(project)) {
                throw refused(project, "it contains " + name + ", which is the machine's");
            }
        }
        for (Path own : workspace.directories().all()) {
            if (project.startsWith(real(own))) {
                throw refused(
                        project, "it lies in " + workspace.shown(own) + ", which is Blast's own");
            }
        }
    }

    /** What is not there has no links. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            Path above = path.getParent();
            return above == null ? path : real(above).resolve(path.getFileName());
        }
    }

    private static Failure refused(Path project, String why) {
        return new Failure(
                Exit.FINDINGS,
                project + " cannot be a project: " + why,
                "a session may write its project; work in a folder of its own: mkdir NAME && cd NAME");
    }
}
