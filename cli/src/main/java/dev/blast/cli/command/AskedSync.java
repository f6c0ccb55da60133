package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Comparison;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.environment.sync.SyncPlan;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Lift;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a sync is asked for on the command line. */
final class AskedSync {
    private final Invocation invocation;
    private final Workspace workspace;

    AskedSync(Invocation invocation, Workspace workspace) {
        this.invocation = invocation;
        this.workspace = workspace;
    }

    /**
     * Reads it.
     *
     * @param project null where it was not read: then what it decides is left open
     * @param name of the environment; null where it has one
     * @param indexes where packages are looked for
     */
    SyncOptions options(@Nullable Project project, @Nullable String name, Indexes indexes)
            throws Failure {
        Arguments arguments = invocation.arguments();
        if (arguments.has("--frozen") && !arguments.values("--upgrade").isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "--frozen takes exactly what is locked, and --upgrade something newer",
                    "blast sync --upgrade, and then --frozen where the lock must not change");
        }
        try {
            return new SyncOptions(
                    invocation.line(),
                    Optional.ofNullable(name),
                    project == null ? Optional.empty() : AskedProject.groups(arguments, project),
                    AskedProject.extras(arguments, project),
                    Wishes.python(
                            arguments.value("--python").orElse(null),
                            invocation.environment(),
                            workspace.home()),
                    arguments.value("--strategy").filter(it -> !it.equals(Comparison.AUTO)),
                    arguments.values("--upgrade").contains(""),
                    upgraded(arguments),
                    lifted(arguments),
                    arguments.has("--frozen"),
                    arguments.has("--force"),
                    arguments.has("--dry-run") || arguments.has("--lock-only"),
                    arguments.has("--explain"),
                    foreigners(arguments),
                    indexes.inWords(),
                    arguments.has("--universal"),
                    project != null && new LockOnly(invocation).keepsLock(project));
        } catch (InvalidSyntaxException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A sync takes back what others installed and nobody declares; a start only adds what is
     * missing.
     */
    private static SyncPlan.Foreigners foreigners(Arguments arguments) {
        return arguments.command().equals("sync")
                ? SyncPlan.Foreigners.REVERT
                : SyncPlan.Foreigners.LEAVE;
    }

    private static Set<Requirement> upgraded(Arguments arguments) throws Failure {
        var upgraded = new HashSet<Requirement>();
        for (String text : arguments.values("--upgrade")) {
            if (!text.isEmpty()) {
                upgraded.add(Requests.versions(text, "--upgrade"));
            }
        }
        return upgraded;
    }

    private static Set<Lift> lifted(Arguments arguments) throws Failure {
        var lifts = new HashSet<Lift>();
        for (String text : arguments.values("--lift")) {
            lifts.add(lift(text));
        }
        return lifts;
    }

    private static Lift lift(String text) throws Failure {
        String[] parts = text.split("==", -1);
        try {
            if (parts.length == 2) {
                return Lift.of(new PackageName(parts[0].strip()), Version.parse(parts[1].strip()));
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new Failure(
                Exit.USAGE,
                "--lift takes one version, NAME==VERSION, not '%s'".formatted(text),
                "blast sync --lift urllib3==2.6.0");
    }
}
