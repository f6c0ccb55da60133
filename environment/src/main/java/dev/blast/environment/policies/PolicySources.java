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
        return read(project, trust, UnsavedTexts.NONE);
    }

    /** The same, with texts in place of files. */
    public List<PolicyFile> read(Project project, Trust trust, UnsavedTexts unsaved)
            throws EnvironmentException {
        List<PolicyFile> files = outside(unsaved);
        List<Trust.Content> own = project(project, unsaved);
        boolean trusted = trust.isTrusted(project.directory(), own);
        own.forEach(content ->
                files.add(new PolicyFile(Layer.PROJECT, content.path(), content.text(), trusted)));
        return files;
    }

    /** The files of all layers outside the project's. */
    public List<PolicyFile> outside(UnsavedTexts unsaved) throws EnvironmentException {
        var files =
                new ArrayList<PolicyFile>(
                        layer(Layer.SHIPPED, shipped, "shipped policies/", unsaved));
        if (files.isEmpty()) {
            throw new EnvironmentException(
                    Message.of(
                            "there are no policy files (*.drl) in %s, where the shipped ones should be.\ninstall Blast again",
                            shipped));
        }
        files.addAll(layer(Layer.SYSTEM, system, system + "/", unsaved));
        files.addAll(layer(Layer.USER, user, displayed(user) + "/", unsaved));
        return files;
    }

    /** Where a file lies that people call by a short name. */
    public Path path(Project project, PolicyFile policy) {
        String name = String.valueOf(Path.of(policy.displayPath()).getFileName());
        return switch (policy.layer()) {
            case SHIPPED -> shipped.resolve(name);
            case SYSTEM -> system.resolve(name);
            case USER -> user.resolve(name);
            case PROJECT -> project.directory().resolve(policy.displayPath());
        };
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
            inputs.addAll(new PolicyFolder(folder).files());
        }
        inputs.addAll(projectFiles(project, UnsavedTexts.NONE));
        inputs.add(trust.mark(project.directory()));
        return inputs;
    }

    /** The project's own files, which {@code blast trust} is about; sorted by path. */
    public static List<Trust.Content> project(Project project) throws EnvironmentException {
        return project(project, UnsavedTexts.NONE);
    }

    /** The same, with texts in place of files. */
    public static List<Trust.Content> project(Project project, UnsavedTexts unsaved)
            throws EnvironmentException {
        List<Trust.Content> contents = new ArrayList<>();
        var room = new PolicyText();
        for (Path file : projectFiles(project, unsaved)) {
            Optional<String> text = unsaved.of(file);
            if (text.isEmpty()) {
                requireInside(project, file);
            }
            contents.add(
                    new Trust.Content(
                            project.directory().relativize(file).toString(),
                            text.isPresent() ? text.get() : room.read(file)));
        }
        return contents;
    }

    /**
     * The policies in a folder that somebody names, or in the folder {@code policies} of it.
     *
     * @param shown how the folder is called
     * @throws EnvironmentException where there are none, or one is a link that leads out of it
     */
    public static List<Trust.Content> folder(Path folder, String shown)
            throws EnvironmentException {
        Path inner = folder.resolve("policies");
        boolean isProject = new PolicyFolder(folder).files().isEmpty() && Files.isDirectory(inner);
        Path place = isProject ? inner : folder;
        List<Trust.Content> contents = new ArrayList<>();
        var room = new PolicyText();
        for (Path file : new PolicyFolder(place).files()) {
            requireInside(folder, file, "the folder");
            contents.add(
                    new Trust.Content(
                            Path.of(shown).resolve(folder.relativize(file)).normalize().toString(),
                            room.read(file)));
        }
        if (contents.isEmpty()) {
            throw new EnvironmentException(
                    Message.of("there are no policies (*.drl) in %s", place));
        }
        return contents;
    }

    /**
     * {@code policies/*.drl}, or what {@code [tool.blast] policies} names instead: files, and
     * folders of files.
     */
    private static TreeSet<Path> projectFiles(Project project, UnsavedTexts unsaved)
            throws EnvironmentException {
        var files = new TreeSet<Path>();
        if (project.settings().policies().isEmpty()) {
            Path usual = project.directory().resolve("policies");
            files.addAll(new PolicyFolder(usual, unsaved).files());
        }
        for (String named : project.settings().policies().orElse(List.of())) {
            Path path = project.directory().resolve(named).normalize();
            if (!path.startsWith(project.directory())) {
                throw new EnvironmentException(
                        "%s: [tool.blast] policies names '%s', which is outside the project"
                                .formatted(project.name(), named));
            }
            if (Files.isDirectory(path)) {
                files.addAll(new PolicyFolder(path, unsaved).files());
            } else if (Files.isRegularFile(path) || unsaved.of(path).isPresent()) {
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
        requireInside(project.directory(), file, "the project");
    }

    private static void requireInside(Path folder, Path file, String called)
            throws EnvironmentException {
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new EnvironmentException(
                        Message.of(
                                "the policy %s is a link that leads out of %s.\nput the file itself there, or into %s if it is yours",
                                file, called, "~/.config/blast/policies"));
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read the policy %s: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    private static List<PolicyFile> layer(
            Layer layer, Path folder, String prefix, UnsavedTexts unsaved)
            throws EnvironmentException {
        List<PolicyFile> files = new ArrayList<>();
        var room = new PolicyText();
        for (Path file : new PolicyFolder(folder, unsaved).files()) {
            Optional<String> text = unsaved.of(file);
            boolean trusted = !Files.exists(file) || others(layer, file).isEmpty();
            files.add(
                    new PolicyFile(
                            layer,
                            prefix + file.getFileName(),
                            text.isPresent() ? text.get() : room.read(file),
                            trusted));
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
            for (Path file : new PolicyFolder(layer == Layer.SYSTEM ? system : user).files()) {
                others(layer, file).ifPresent(why -> found.put(displayed(file), why));
            }
        }
        return found;
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
