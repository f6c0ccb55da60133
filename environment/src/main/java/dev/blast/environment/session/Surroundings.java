package dev.blast.environment.session;

import dev.blast.environment.Environment;
import dev.blast.environment.Landmarks;
import dev.blast.packaging.Visible;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Withheld;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Environments and repositories in the folders that a program may write, and folders whose programs
 * are started outside by their names. Those that were there before it are read-only for it; no
 * mount keeps it from making other repositories, so they are looked for again when it has ended.
 *
 * @param writable the folders, without links
 * @param programs folders on PATH and the like, outside the project
 * @param before what lay in them when this was made
 */
public record Surroundings(
        Path project,
        Set<Path> writable,
        List<Path> programs,
        Set<Path> passedOver,
        Landmarks before) {
    /** In a folder that is an environment or a repository itself, what makes it one. */
    private static final List<String> OF_AN_ENVIRONMENT =
            List.of("pyvenv.cfg", "bin", "lib", "lib64", "include");

    private static final List<String> OF_A_REPOSITORY =
            List.of("HEAD", "config", "config.worktree", "commondir", "hooks", "objects", "refs");

    private static final int NAMED = 5;

    /**
     * Looks at all folders that a policy lets a program write.
     *
     * @param project its folder
     * @param programs folders on PATH and the like, without links
     */
    public static Surroundings of(
            SandboxPolicy granted, Path project, Environment environment, List<Path> programs) {
        Set<Path> folders = new LinkedHashSet<>();
        for (PathGrant grant : granted.paths()) {
            if (grant.access() == Access.WRITABLE && Files.isDirectory(grant.path())) {
                folders.add(Grounds.real(grant.path()));
            }
        }
        Set<Path> passedOver = new TreeSet<>();
        passedOver.add(environment.root()); // rules say what a session does with its own
        for (PathGrant grant : granted.paths()) {
            if (grant.access() == Access.HIDDEN) {
                passedOver.add(grant.path());
            }
        }
        Path own = environment.root();
        folders.removeIf(folder -> folder.startsWith(own));
        List<Path> exposed = new ArrayList<>();
        for (Path folder : programs) {
            if (!folder.startsWith(project) && isIn(folders, folder)) {
                exposed.add(folder);
            }
        }
        return new Surroundings(
                project,
                folders,
                exposed,
                passedOver,
                Landmarks.below(folders, passedOver, project));
    }

    private static boolean isIn(Set<Path> folders, Path path) {
        for (Path folder : folders) {
            if (path.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    /** A sentence where not everything could be looked at. */
    public Optional<String> unseen() {
        Path stoppedAt = before.stoppedAt();
        return stoppedAt == null
                ? Optional.empty()
                : Optional.of(
                        "%s holds so much that environments and repositories in it are protected only in the upper folders, not in %s and not deeper; hidden( \"PATH\" ) in a rule leaves a folder out"
                                .formatted(shown(writable), shown(Set.of(stoppedAt))));
    }

    /** What was there before a program is not its to change. */
    public List<Withheld> withheld() {
        List<Withheld> withheld = new ArrayList<>();
        for (Path folder : before.environments()) {
            for (Path path : parts(folder, OF_AN_ENVIRONMENT)) {
                withheld.add(
                        new Withheld(
                                path,
                                Access.READABLE,
                                "an environment",
                                "what is in it is run outside the sandbox too"));
            }
        }
        for (Path folder : programs) {
            withheld.add(
                    new Withheld(
                            folder,
                            Access.READABLE,
                            "a folder of programs",
                            "what is in it is run outside the sandbox by its name"));
        }
        for (Path folder : before.repositories()) {
            for (Path path : parts(folder, OF_A_REPOSITORY)) {
                withheld.add(
                        new Withheld(
                                path,
                                Access.READABLE,
                                "a repository",
                                "its settings decide what runs outside the sandbox"));
            }
        }
        return withheld;
    }

    /** The whole of it, but of a folder that the project lies in only what makes it one. */
    private List<Path> parts(Path folder, List<String> names) {
        return project.startsWith(folder)
                ? names.stream().map(folder::resolve).toList()
                : List.of(folder);
    }

    /** Sentences about what is taken for a repository now and was not before. */
    public List<String> made() {
        Set<Path> closed = new TreeSet<>(passedOver);
        for (Set<Path> known : List.of(before.environments(), before.repositories())) {
            known.stream().filter(folder -> !project.startsWith(folder)).forEach(closed::add);
        }
        Set<Path> made = new TreeSet<>(Landmarks.below(writable, closed, null).repositories());
        made.removeAll(before.repositories());
        List<String> sentences = new ArrayList<>();
        for (Path repository : made) {
            if (sentences.size() == NAMED) {
                sentences.add("and %d more like these".formatted(made.size() - NAMED));
                break;
            }
            sentences.add(
                    "%s was made meanwhile: %s, and prompts that ask it, take it for a repository and run what its config says; look at it before you go there"
                            .formatted(shown(Set.of(repository)), program(repository)));
        }
        return sentences;
    }

    private static String program(Path repository) {
        String name = repository.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.equals(".hg") ? "Mercurial" : name.equals(".jj") ? "Jujutsu" : "git";
    }

    private String shown(Set<Path> paths) {
        return String.join(
                ", ",
                paths.stream()
                        .map(path ->
                                path.startsWith(project) && !path.equals(project)
                                        ? project.relativize(path)
                                        : path)
                        .map(path -> Visible.of(path.toString()))
                        .toList());
    }
}
