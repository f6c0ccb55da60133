package dev.blast.cli.editor;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.PolicyText;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.project.OwnEnvironment;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.TestFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policy files among which one stands that is edited: those that a command would read in its
 * project, with what editors hold in place of files.
 *
 * @param decisions that are kept of its environment; they are read where somebody asks
 * @param files by place, in the order of the layers
 */
record EditedProject(
        Project project,
        Environment environment,
        KeptDecisions decisions,
        Map<Path, PolicyFile> files,
        UnsavedTexts unsaved) {
    private static final Path USUAL = Path.of("policies");

    /** The folder of the project that a file belongs to; neither need be there yet. */
    static Path root(Workspace workspace, Path file) {
        Path folder = file.resolveSibling("").normalize();
        @Nullable Path above = folder.getParent();
        Path start = above != null && folder.endsWith(USUAL) ? above : folder;
        while (!Files.isDirectory(start) && start.getParent() != null) {
            start = start.getParent();
        }
        return Project.directoryOf(start, workspace.home());
    }

    /**
     * Reads what stands around documents of one project. Those that no command would read there are
     * looked at as files of the project.
     *
     * @param documents by place
     */
    static EditedProject of(
            Workspace workspace, Path root, UnsavedTexts unsaved, List<Path> documents)
            throws EnvironmentException {
        Project project = Project.at(root);
        PolicySources sources = workspace.sources();
        var files = new LinkedHashMap<Path, PolicyFile>();
        for (PolicyFile file : sources.read(project, workspace.trust(), unsaved)) {
            files.put(UnsavedTexts.place(sources.path(project, file)), file);
        }
        for (Path document : documents) {
            String text = unsaved.of(document).orElse("");
            if (document.toString().endsWith(".drl") && !files.containsKey(document)) {
                files.put(
                        document, new PolicyFile(Layer.PROJECT, document.toString(), text, false));
            }
        }
        Environment environment = OwnEnvironment.of(root);
        return new EditedProject(
                project,
                environment,
                new KeptDecisions(workspace.dossier(environment)),
                files,
                unsaved);
    }

    List<PolicyFile> all() {
        return new ArrayList<>(files.values());
    }

    /** Where a file lies that a finding calls by a short name. */
    Optional<Path> place(String displayPath) {
        return files.entrySet().stream()
                .filter(it -> it.getValue().displayPath().equals(displayPath))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The file with the cases for a policy file; it need not be there. */
    static Path tests(Path policy) {
        return policy.resolveSibling(TestFile.beside(String.valueOf(policy.getFileName())));
    }

    /** The policy file that cases are for. */
    Optional<Map.Entry<Path, PolicyFile>> tested(Path tests) {
        return files.entrySet().stream().filter(it -> tests(it.getKey()).equals(tests)).findFirst();
    }

    /**
     * The cases for a policy file as they stand; empty where there are none, or they cannot be
     * read.
     */
    Optional<String> cases(Path policy) {
        Path file = tests(policy);
        Optional<String> written = unsaved.of(file);
        if (written.isPresent() || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return written;
        }
        try {
            if (file.startsWith(project.directory())) {
                PolicySources.requireInside(project, file);
            }
            return Optional.of(new PolicyText().read(file));
        } catch (EnvironmentException _) {
            return Optional.empty(); // running them says so
        }
    }
}
