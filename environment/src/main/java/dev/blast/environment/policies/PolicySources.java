package dev.blast.environment.policies;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.interpreter.Way;
import dev.blast.environment.project.Project;
import dev.blast.packaging.Message;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the policy files of the four layers lie, from outside in.
 *
 * @param shipped the folder that came with the program
 * @param system the machine's own, most often {@code /etc/blast/policies}
 * @param user the person's own
 * @param home shown as {@code ~} in the names of files
 */
public record PolicySources(Path shipped, Path system, Path user, Path home) {
    private static final Path SYSTEM = Path.of("/etc/blast/policies");

    public static PolicySources of(Path shipped, Directories directories, Path home) {
        return new PolicySources(shipped, SYSTEM, directories.config().resolve("policies"), home);
    }

    /**
     * Reads the files of all layers. Each is read once: what is hashed for trust is what the rules
     * see.
     *
     * @throws EnvironmentException where a file cannot be read, or the shipped layer has none:
     *     without it nothing would be decided by anybody
     */
    public List<PolicyFile> read(Project project, Trust trust) throws EnvironmentException {
        List<PolicyFile> files =
                new ArrayList<>(layer(Layer.SHIPPED, shipped, "shipped policies/"));
        if (files.isEmpty()) {
            throw new EnvironmentException(
                    Message.of(
                            "there are no policy files (*.drl) in %s, where the shipped ones should be.\ninstall Blast again",
                            shipped));
        }
        files.addAll(layer(Layer.SYSTEM, system, system + "/"));
        files.addAll(layer(Layer.USER, user, displayed(user) + "/"));
        List<Trust.Content> own = project(project);
        boolean trusted = trust.isTrusted(project.directory(), own);
        own.forEach(content ->
                files.add(new PolicyFile(Layer.PROJECT, content.path(), content.text(), trusted)));
        return files;
    }

    /**
     * The files and folders that {@link #read} reads: while they are the same, so are the rules and
     * what is trusted.
     */
    public List<Path> inputs(Project project, Trust trust) throws EnvironmentException {
        List<Path> inputs = new ArrayList<>();
        for (Path folder :
                List.of(shipped, system, user, project.directory().resolve("policies"))) {
            inputs.add(folder);
            inputs.addAll(drlFiles(folder));
        }
        inputs.addAll(projectFiles(project));
        inputs.add(trust.mark(project.directory()));
        return inputs;
    }

    /** The project's own files, which {@code blast trust} is about; sorted by path. */
    public static List<Trust.Content> project(Project project) throws EnvironmentException {
        List<Trust.Content> contents = new ArrayList<>();
        var room = new PolicyText();
        for (Path file : projectFiles(project)) {
            requireInside(project, file);
            contents.add(
                    new Trust.Content(
                            project.directory().relativize(file).toString(), room.read(file)));
        }
        return contents;
    }

    /**
     * {@code policies/*.drl}, or what {@code [tool.blast] policies} names instead: files, and
     * folders of files.
     */
    private static TreeSet<Path> projectFiles(Project project) throws EnvironmentException {
        var files = new TreeSet<Path>();
        if (project.settings().policies().isEmpty()) {
            files.addAll(drlFiles(project.directory().resolve("policies")));
        }
        for (String named : project.settings().policies().orElse(List.of())) {
            Path path = project.directory().resolve(named).normalize();
            if (!path.startsWith(project.directory())) {
                throw new EnvironmentException(
                        "%s: [tool.blast] policies names '%s', which is outside the project"
                                .formatted(project.name(), named));
            }
            if (Files.isDirectory(path)) {
                files.addAll(drlFiles(path));
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                throw new EnvironmentException(
                        "%s: [tool.blast] policies names '%s', which is not there"
                                .formatted(project.name(), named));
            }
        }
        return files;
    }

    /**
     * The project's file into which a rule of one kind goes, so that it is read; empty where the
     * project names no place.
     *
     * @param kind the file's name without folder and ending: {@code network}
     */
    public static Optional<String> place(Project project, String kind) {
        List<String> named = project.settings().policies().orElse(List.of("policies"));
        String file = kind + ".drl";
        return named.stream()
                .filter(it -> !it.endsWith(".drl"))
                .findFirst()
                .map(folder -> Path.of(folder).resolve(file).normalize().toString())
                .or(() -> named.stream().findFirst().map(it -> Path.of(it).normalize().toString()));
    }

    /**
     * Refuses a link that leads out of a project: it could show what is read from elsewhere, line
     * by line, in the errors of a policy or of its tests.
     */
    public static void requireInside(Project project, Path file) throws EnvironmentException {
        try {
            if (!file.toRealPath().startsWith(project.directory().toRealPath())) {
                throw new EnvironmentException(
                        Message.of(
                                "the policy %s is a link that leads out of the project.\nput the file itself there, or into %s if it is yours",
                                file, "~/.config/blast/policies"));
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read the policy %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    private static List<PolicyFile> layer(Layer layer, Path folder, String prefix)
            throws EnvironmentException {
        List<PolicyFile> files = new ArrayList<>();
        var room = new PolicyText();
        for (Path file : drlFiles(folder)) {
            boolean trusted = others(layer, file).isEmpty();
            files.add(new PolicyFile(layer, prefix + file.getFileName(), room.read(file), trusted));
        }
        return files;
    }

    /**
     * Who may change a file of a layer besides those whose layer it is: what it opens is then not
     * their word. The program's own files are as safe as the program.
     */
    private static Optional<String> others(Layer layer, Path file) throws EnvironmentException {
        try {
            return switch (layer) {
                case SYSTEM -> Way.to(file.toAbsolutePath()).others(Way.Keeper.ROOT);
                case USER -> Way.to(file.toAbsolutePath()).others(Way.Keeper.USER);
                case SHIPPED, PROJECT -> Optional.empty();
            };
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot look at the policy %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    /**
     * Files of the system and the person that others may change, by the name that people call them,
     * each with who may: such a one counts as a stranger's.
     */
    public Map<String, String> exposed() throws EnvironmentException {
        var found = new TreeMap<String, String>();
        for (Layer layer : List.of(Layer.SYSTEM, Layer.USER)) {
            for (Path file : drlFiles(layer == Layer.SYSTEM ? system : user)) {
                others(layer, file).ifPresent(why -> found.put(displayed(file), why));
            }
        }
        return found;
    }

    private static SortedSet<Path> drlFiles(Path folder) throws EnvironmentException {
        return new PolicyFolder(folder).files();
    }

    /**
     * Files in the folders of policies that look like policies and are not read, by the name that
     * people call them, each with the reason.
     */
    public Map<String, String> passedOver(Project project) throws EnvironmentException {
        var found = new TreeMap<String, String>();
        for (Path folder : List.of(system, user)) {
            new PolicyFolder(folder)
                    .passedOver()
                    .forEach((file, why) -> found.put(displayed(file), why));
        }
        if (project.settings().policies().isEmpty()) {
            new PolicyFolder(project.directory().resolve("policies"))
                    .passedOver()
                    .forEach((file, why) ->
                            found.put(project.directory().relativize(file).toString(), why));
        }
        return found;
    }

    private String displayed(Path file) {
        return file.startsWith(home) ? "~/" + home.relativize(file) : file.toString();
    }
}
