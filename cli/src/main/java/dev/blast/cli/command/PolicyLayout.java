package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.LayoutReport;
import dev.blast.cli.report.LayoutReport.Laid;
import dev.blast.cli.report.LayoutReport.State;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.PolicyText;
import dev.blast.environment.policies.PolicyWriter;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.Message;
import dev.blast.rules.format.PolicyFormat;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code blast policy fmt}: the project's policy files, or those that are named, in one layout. */
final class PolicyLayout {
    private final Invocation invocation;
    private final Workspace workspace;
    private final Project project;
    private final boolean writes;

    PolicyLayout(Invocation invocation, Workspace workspace, Project project) {
        this.invocation = invocation;
        this.workspace = workspace;
        this.project = project;
        this.writes =
                !invocation.arguments().has("--check") && !invocation.arguments().has("--diff");
    }

    int run(List<String> named) throws EnvironmentException, Failure {
        List<Trust.Content> before = PolicySources.project(project);
        boolean wasTrusted = workspace.trust().isTrusted(project.directory(), before);
        var laid = new ArrayList<Laid>();
        var room = new PolicyText();
        for (Map.Entry<String, Path> file : files(named, before).entrySet()) {
            laid.add(lay(file.getKey(), file.getValue(), room.read(file.getValue())));
        }
        boolean losesTrust =
                wasTrusted
                        && !before.isEmpty()
                        && !workspace
                                .trust()
                                .isTrusted(project.directory(), PolicySources.project(project));
        var report =
                new LayoutReport(laid, invocation.arguments().has("--diff"), writes, losesTrust);
        invocation.answer("policy-fmt", report);
        return report.isFine() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    /** By the name that people call them. */
    private Map<String, Path> files(List<String> named, List<Trust.Content> own) throws Failure {
        var files = new LinkedHashMap<String, Path>();
        if (named.isEmpty()) {
            own.forEach(it -> files.put(it.path(), project.directory().resolve(it.path())));
        }
        for (String name : named) {
            Path file = invocation.directory().resolve(name).normalize();
            if (!Files.isRegularFile(file)) {
                throw new Failure(
                        Exit.USAGE,
                        Message.of("there is no policy file %s", file),
                        List.of("without a name, it is about all policy files of the project"));
            }
            files.put(name, file);
        }
        return files;
    }

    private Laid lay(String name, Path place, String text) throws EnvironmentException {
        return switch (PolicyFormat.of(new PolicyFile(Layer.PROJECT, name, text, false))) {
            case PolicyFormat.Result.Unreadable(var faults) ->
                    new Laid(name, State.UNREADABLE, text, text, faults);
            case PolicyFormat.Result.Laid(String after) when after.equals(text) ->
                    new Laid(name, State.SAME, text, text, List.of());
            case PolicyFormat.Result.Laid(String after) -> {
                if (writes) {
                    write(place, text, after);
                }
                yield new Laid(name, State.OTHER, text, after, List.of());
            }
        };
    }

    /** What the person has named may lie elsewhere. */
    private void write(Path place, String before, String after) throws EnvironmentException {
        Path root =
                place.startsWith(project.directory())
                        ? project.directory()
                        : HeldFolder.above(place);
        PolicyWriter.below(root).replace(root.relativize(place), before, after);
    }
}
