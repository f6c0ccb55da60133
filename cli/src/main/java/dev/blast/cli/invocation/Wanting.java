package dev.blast.cli.invocation;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.UnseenEditable;
import dev.blast.environment.sync.Sync;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Visible;
import dev.blast.rules.explain.ShellWord;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import dev.blast.solver.RootRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program in an environment does not have, of what its project asks for and of what its
 * command names: looked at when a program was not found or ended badly, since that may be why.
 */
public final class Wanting {
    private static final int SIGNALS = 128;

    private final Habitat habitat;
    private final String sync;

    /**
     * @param sync the command that brings this environment what it lacks
     */
    public Wanting(Habitat habitat, String sync) {
        this.habitat = habitat;
        this.sync = sync;
    }

    /**
     * What it does not have and what brings it, a sentence each; none where the program's end says
     * enough.
     *
     * @param directory where it worked
     * @param notPassed names of variables that are set here and not inside
     */
    public List<String> sentences(
            List<String> command, Path directory, int exitCode, Set<String> notPassed)
            throws EnvironmentException {
        if (exitCode == 0 || exitCode >= SIGNALS) {
            return List.of();
        }
        var sentences = new ArrayList<String>(ofFiles(command, directory));
        UnpassedVariables.sentence(notPassed, command, habitat.project().directory())
                .ifPresent(sentences::add);
        return sentences;
    }

    private List<String> ofFiles(List<String> command, Path directory) throws EnvironmentException {
        Optional<String> elsewhere = unseen(command, directory);
        if (elsewhere.isPresent()) {
            return List.of(elsewhere.get());
        }
        Project project = habitat.project();
        Optional<String> missing = missing(project, name(command));
        if (missing.isPresent()) {
            return List.of(missing.get());
        }
        List<UnseenEditable> unseen = UnseenEditable.in(habitat);
        return unseen.isEmpty()
                ? Sync.changedSince(habitat.applied(), project).stream()
                        .map(file ->
                                "%s is newer than this environment: %s"
                                        .formatted(shown(project, file), sync))
                        .toList()
                : unseen.stream().map(UnseenEditable::sentence).toList();
    }

    /** The first place on the machine that the command names, and that no program sees. */
    private Optional<String> unseen(List<String> command, Path directory) {
        List<Path> named =
                NamedPaths.in(command, directory, habitat.workspace().home()).stream()
                        .filter(path ->
                                Files.exists(path) && !isFolderInside(habitat.sandbox(), path))
                        .toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        KernelFeatures kernel = KernelProbe.ask();
        return named.stream()
                .filter(path -> !Confinement.decide(habitat.sandbox(), kernel, path).readable())
                .findFirst()
                .map(this::unseen);
    }

    /** A temporary folder, or one on the way to what is granted: it is there, with less in it. */
    static boolean isFolderInside(SandboxPolicy policy, Path path) {
        return policy.paths().stream()
                .anyMatch(
                        grant -> grant.access() != Access.HIDDEN && grant.path().startsWith(path));
    }

    private String unseen(Path path) {
        String shown = Visible.of(path.toString());
        return habitat.sandbox()
                .deciding(path)
                .filter(grant -> grant.access() == Access.TEMPORARY)
                .map(grant ->
                        "%s is the machine's; inside, %s is another folder, empty at the start: put it into the project, or let a rule make it readable"
                                .formatted(shown, grant.path()))
                .orElseGet(() ->
                        "%s is there, and rules show it to no program here; which would: blast check --explain read %s"
                                .formatted(shown, ShellWord.of(shown)));
    }

    /** Of the program, or of the module that python is to run; null where it is no package's. */
    private static @Nullable PackageName name(List<String> command) {
        String first = command.getFirst();
        String program = first.substring(first.lastIndexOf('/') + 1);
        int module = command.indexOf("-m") + 1;
        String name =
                program.startsWith("python") && module > 0 && module < command.size()
                        ? command.get(module).replaceFirst("\\..*", "")
                        : program;
        try {
            return new PackageName(name);
        } catch (InvalidSyntaxException _) {
            return null;
        }
    }

    private Optional<String> missing(Project project, @Nullable PackageName name)
            throws EnvironmentException {
        if (name == null || isInstalled(name)) {
            return Optional.empty();
        }
        Optional<String> asked = place(project.dependencies(), name);
        if (asked.isPresent()) {
            return Optional.of(
                    "%s is asked for (%s) and not installed: %s"
                            .formatted(name, asked.get(), sync));
        }
        return in(project.extras(), name, "extra", "--extra")
                .or(() -> in(project.groups(), name, "dependency group", "--group"));
    }

    private boolean isInstalled(PackageName name) throws EnvironmentException {
        return Installed.versions(habitat.environment(), habitat.applied()).containsKey(name);
    }

    private Optional<String> in(
            Map<ExtraName, List<RootRequirement>> sets,
            PackageName name,
            String kind,
            String option) {
        for (Map.Entry<ExtraName, List<RootRequirement>> set : sets.entrySet()) {
            Optional<String> place = place(set.getValue(), name);
            if (place.isPresent()) {
                return Optional.of(
                        "%s is in the %s '%s' (%s): %s %s %3$s"
                                .formatted(name, kind, set.getKey(), place.get(), sync, option));
            }
        }
        return Optional.empty();
    }

    /** Where it is asked for; empty where it is not. */
    private static Optional<String> place(List<RootRequirement> requirements, PackageName name) {
        return requirements.stream()
                .filter(each -> each.requirement().name().equals(name))
                .map(each -> Visible.of(each.origin()))
                .findFirst();
    }

    private static String shown(Project project, Path file) {
        return Visible.of(
                (file.startsWith(project.directory()) ? project.directory().relativize(file) : file)
                        .toString());
    }
}
