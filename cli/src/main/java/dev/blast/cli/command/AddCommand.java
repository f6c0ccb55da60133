package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.project.Adding;
import dev.blast.environment.project.Addition;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.ProjectPart;
import dev.blast.environment.project.TypedAdditions;
import dev.blast.environment.project.UnnamedRequirement;
import dev.blast.environment.session.Policies;
import dev.blast.environment.sync.Sync;
import dev.blast.index.IndexException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Marker;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code blast add}: the project asks for more, and the environment has it. */
public final class AddCommand implements Command {
    @Override
    public int run(Invocation invocation) throws Exception {
        Arguments arguments = invocation.arguments();
        requireAny(arguments);
        ProjectPart named = ProjectEditing.part(arguments);
        ProjectPart part = named == null ? new ProjectPart.Dependencies() : named;
        var editing = new ProjectEditing(invocation);
        List<Addition> additions = additions(invocation, editing);
        return editing.run(
                declared -> {
                    Adding.Added added = Adding.to(declared, additions, part);
                    return new ProjectEditing.Planned(added.project(), added.edit(), added.said());
                },
                (_, _) -> List.of());
    }

    private static void requireAny(Arguments arguments) throws Failure {
        boolean none =
                arguments.operands().isEmpty()
                        && arguments.values("--editable").isEmpty()
                        && arguments.values("--requirements").isEmpty();
        if (none) {
            throw new Failure(
                    Exit.USAGE,
                    "add needs a requirement: a name with or without versions, an address or a path",
                    "blast add requests 'django>=5,<6'",
                    "see: blast add --help");
        }
    }

    private static List<Addition> additions(Invocation invocation, ProjectEditing editing)
            throws Exception {
        Arguments arguments = invocation.arguments();
        String marker = arguments.value("--marker").orElse(null);
        if (marker != null) {
            requireMarker(marker);
        }
        Project declared = editing.sync().project();
        Policies policies = editing.policies(declared);
        var typed =
                new TypedAdditions(
                        declared.directory(),
                        invocation.directory().toRealPath(),
                        marker,
                        arguments.has("--raw"),
                        unnamed -> name(editing.sync(), declared, policies, unnamed));
        var additions = new ArrayList<Addition>();
        for (String text : arguments.operands()) {
            requireNoScript(text, invocation.directory());
            additions.add(addition(typed, text, false));
        }
        for (String text : arguments.values("--editable")) {
            additions.add(addition(typed, text, true));
        }
        for (String file : arguments.values("--requirements")) {
            additions.addAll(typed.in(file, invocation.environment()));
        }
        if (additions.isEmpty()) {
            throw new Failure(
                    Exit.FINDINGS,
                    "%s asks for nothing; nothing was changed"
                            .formatted(String.join(", ", arguments.values("--requirements"))));
        }
        return additions;
    }

    private static void requireMarker(String marker) throws Failure {
        try {
            Marker.parse(marker);
        } catch (InvalidSyntaxException e) {
            throw new Failure(
                    Exit.USAGE,
                    "--marker '%s': %s".formatted(marker, e.getMessage()),
                    "such as --marker \"sys_platform == 'linux'\"");
        }
    }

    private static void requireNoScript(String text, Path directory) throws Failure {
        if (text.endsWith(".py") && Files.isRegularFile(directory.resolve(text))) {
            throw new Failure(
                    Exit.USAGE,
                    "%s is a script and no package; nothing was changed".formatted(text),
                    "what a script needs stands in its # /// script block, which is written by hand: blast run %s brings it"
                            .formatted(text));
        }
    }

    private static Addition addition(TypedAdditions typed, String text, boolean editable)
            throws EnvironmentException, Failure {
        try {
            return typed.of(text, editable);
        } catch (InvalidSyntaxException e) {
            String versions = text.replaceFirst("^([A-Za-z0-9._-]+)[@=](\\d.*)$", "$1==$2");
            throw new Failure(
                    Exit.USAGE,
                    "%s'%s' is no requirement: %s"
                            .formatted(editable ? "-e " : "", text, e.getMessage()),
                    versions.equals(text)
                            ? "such as requests, 'django>=5,<6', 'httpx[http2]', ./folder or git+https://HOST/PATH@v2"
                            : "blast add " + versions);
        }
    }

    private static PackageName name(
            SyncReporting sync, Project declared, Policies policies, UnnamedRequirement unnamed)
            throws EnvironmentException {
        try {
            return sync.ask(declared, policies, (tools, job) -> new Sync(tools).name(job, unnamed))
                    .orElseThrow(() ->
                            new EnvironmentException(
                                    Message.of(
                                            "whose %s is cannot be asked: no interpreter is here\nwrite NAME @ before it",
                                            unnamed.url())));
        } catch (IndexException | Failure e) {
            throw new EnvironmentException(
                    Message.of("%s: %s", unnamed.url(), Objects.toString(e.getMessage(), "")), e);
        }
    }
}
