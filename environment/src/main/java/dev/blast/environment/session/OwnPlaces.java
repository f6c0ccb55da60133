package dev.blast.environment.session;

import dev.blast.environment.copy.ProjectCopy;
import dev.blast.rules.verdict.Withheld;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Blast's own places, which no rule opens: what lies in them is believed. */
public final class OwnPlaces {
    private static final Path SYSTEM_LAYER = Path.of("/etc/blast");

    private static final String LAUNCHER = "blast";

    /** From {@code PREFIX/lib/blast/KEY} to {@code PREFIX/bin}, as ./install lays it out. */
    private static final String INSTALLED_LINKS = "../../../bin";

    private static final int LINK_CAP = 40;

    /** In a home; see find_jdk in the launcher. */
    private static final List<String> JAVAS =
            List.of(".sdkman/candidates/java", ".jdks", ".local/share/mise/installs/java");

    private OwnPlaces() {}

    /**
     * Data, state, cache, configuration, sockets, the program itself with the links to it, the
     * system's rules, and what waits in the project to be kept of a throwaway copy.
     */
    public static List<Withheld> withheld(Workspace workspace, Path project) {
        return withheld(workspace, project, List.of());
    }

    /**
     * The same, but for some of Blast's own that a session is given.
     *
     * @param given without links: what a build works in lies in the cache
     */
    public static List<Withheld> withheld(Workspace workspace, Path project, List<Path> given) {
        Set<Path> places = new LinkedHashSet<>();
        for (Path own : workspace.directories().all()) {
            places.addAll(beside(given, own));
        }
        String sockets = workspace.variables().getOrDefault("XDG_RUNTIME_DIR", "");
        if (sockets.startsWith("/")) {
            places.add(Path.of(sockets, "blast").normalize());
        }
        places.add(SYSTEM_LAYER);
        places.addAll(beside(List.of(project), workspace.distribution()));
        places.addAll(ProjectCopy.unsettledIn(project));
        List<Path> launchers = launchers(workspace);
        List.copyOf(places).forEach(place -> places.add(Grounds.real(place)));
        places.addAll(launchers); // a link itself, not what it leads to
        List<Withheld> withheld = new ArrayList<>();
        for (Path place : places) {
            withheld.add(
                    new Withheld(
                            place,
                            Access.HIDDEN,
                            "Blast's own folders",
                            "what is in them decides what sandboxes may do"));
        }
        Path java = Grounds.real(Path.of(System.getProperty("java.home")));
        withheld.add(
                new Withheld(
                        java,
                        Access.READABLE,
                        "the Java that runs Blast",
                        "Blast is run by it, outside"));
        return withheld;
    }

    /** The links by which people start this distribution; one is a name, and what it leads to. */
    private static List<Path> launchers(Workspace workspace) {
        Path distribution = Grounds.real(workspace.distribution());
        List<Path> folders = new ArrayList<>(onPath(workspace));
        folders.add(workspace.home().resolve(".local/bin"));
        folders.add(distribution.resolve(INSTALLED_LINKS).normalize());
        List<Path> launchers = new ArrayList<>();
        for (Path folder : folders) {
            Path at = folder.resolve(LAUNCHER);
            if (Files.isSymbolicLink(at) && isOurs(Grounds.real(at), distribution)) {
                for (int links = 0; links < LINK_CAP && Files.isSymbolicLink(at); links++) {
                    Path link = Grounds.real(at.resolveSibling(".")).resolve(at.getFileName());
                    launchers.add(link);
                    at = link.resolveSibling(target(link));
                }
            }
        }
        return launchers;
    }

    /** In the distribution, or in the checkout around it. */
    private static boolean isOurs(Path program, Path distribution) {
        Path folder = program.getParent();
        return program.startsWith(distribution)
                || (folder != null && distribution.startsWith(folder));
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException _) {
            return link; // gone meanwhile, to where its folder is protected all the same
        }
    }

    /**
     * Folders, without links, whose programs somebody outside starts by their names: on PATH, and
     * where the launcher looks for a Java.
     */
    public static List<Path> programs(Workspace workspace) {
        Set<Path> programs = new LinkedHashSet<>();
        onPath(workspace).forEach(folder -> programs.add(Grounds.real(folder)));
        for (String folder : JAVAS) {
            programs.add(Grounds.real(workspace.home().resolve(folder)));
        }
        return List.copyOf(programs);
    }

    private static List<Path> onPath(Workspace workspace) {
        List<Path> folders = new ArrayList<>();
        for (String folder : workspace.variables().getOrDefault("PATH", "").split(":", -1)) {
            if (folder.startsWith("/")) {
                folders.add(Path.of(folder));
            }
        }
        return folders;
    }

    /**
     * A folder around what a session is given, as the distribution is in a checkout: all of it but
     * the ways there. All of it where none of them leads into it.
     */
    private static List<Path> beside(List<Path> given, Path folder) {
        Path real = Grounds.real(folder);
        if (given.stream().noneMatch(path -> path.startsWith(real))) {
            return List.of(folder);
        }
        List<Path> beside = new ArrayList<>();
        if (given.contains(real)) {
            return beside;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(real)) {
            for (Path child : children) {
                beside.addAll(beside(given, child));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + real, e);
        }
        return beside;
    }
}
