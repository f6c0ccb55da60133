package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.BeginningsReport;
import dev.blast.cli.report.BeginningsReport.Beginning;
import dev.blast.cli.report.StarterReport;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.Beginnings;
import dev.blast.environment.policies.PolicyWriter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Policy;
import dev.blast.rules.format.PolicyHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code blast policy new}: a file of the project's own about one question, or one from the
 * cookbook, with rules to be edited and the cases that try them. Nothing is written over.
 */
final class PolicyStarter {
    private static final String USUAL = "connect";

    private final Invocation invocation;
    private final Project project;
    private final Beginnings beginnings;

    PolicyStarter(Invocation invocation, Workspace workspace, Project project) {
        this.invocation = invocation;
        this.project = project;
        beginnings = new Beginnings(workspace.sources().shipped());
    }

    /**
     * Begins one.
     *
     * @param names at most one of them; without any the usual one is begun
     */
    int run(List<String> names) throws EnvironmentException, Failure {
        if (invocation.arguments().has("--list")) {
            return list(names);
        }
        String name = names.isEmpty() ? USUAL : known(names.getFirst());
        Path folder = project.directory().relativize(folder());
        var texts = new LinkedHashMap<Path, String>();
        beginnings.files(name).forEach((file, text) -> texts.put(folder.resolve(file), text));
        PolicyWriter.below(project.directory()).create(texts);
        List<String> made = texts.keySet().stream().map(Path::toString).toList();
        invocation.answer("policy-new", new StarterReport(name, head(name), made));
        return Exit.DONE.code();
    }

    private int list(List<String> names) throws EnvironmentException, Failure {
        if (!names.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "policy new --list lists all of them: leave '%s' out, or --list"
                            .formatted(names.getFirst()));
        }
        invocation.answer(
                "policy-beginnings",
                new BeginningsReport(of(Policy.topics()), of(beginnings.cookbook())));
        return Exit.DONE.code();
    }

    private List<Beginning> of(Collection<String> names) throws EnvironmentException {
        var all = new ArrayList<Beginning>();
        for (String name : names) {
            all.add(new Beginning(name, head(name)));
        }
        return all;
    }

    private PolicyHead head(String name) throws EnvironmentException {
        return PolicyHead.of(beginnings.rules(name));
    }

    private String known(String name) throws EnvironmentException, Failure {
        var all = new ArrayList<String>(Policy.topics());
        all.addAll(beginnings.cookbook());
        if (!all.contains(name)) {
            var help = new ArrayList<>(Nearest.hint(name, all));
            help.add("see: blast policy new --list");
            throw new Failure(
                    Exit.USAGE,
                    "no question, and no policy of the cookbook, is called '" + name + "'",
                    help);
        }
        return name;
    }

    /** The folder that is read: {@code policies}, or the first that the project names instead. */
    private Path folder() throws Failure {
        List<String> named = project.settings().policies().orElse(List.of("policies"));
        for (String name : named) {
            Path folder = project.directory().resolve(name).normalize();
            boolean isFolder = Files.isDirectory(folder) || !Files.exists(folder);
            if (isFolder && folder.startsWith(project.directory()) && !name.endsWith(".drl")) {
                return folder;
            }
        }
        throw new Failure(
                Exit.USAGE,
                "[tool.blast] policies names files alone: a new one would not be read",
                List.of("name a folder there: policies = [\"policies\"]"));
    }
}
