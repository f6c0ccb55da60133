package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.copy.ProjectCopy;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Wish;
import dev.blast.rules.fact.SandboxLayer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A run in a throwaway copy of the project, where that is asked for, and in the project else. */
final class ThrowawayRun {
    private ThrowawayRun() {}

    /** Returns the program's exit code. */
    static int run(Habitat habitat, Invocation invocation, PictureFiles pages, Wish wish)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        Optional<KeepQuestion> question = KeepQuestion.of(invocation);
        if (question.isEmpty()) {
            return new ConfinedRun(habitat, invocation, pages).run(wish);
        }
        try (ProjectCopy copy = copy(habitat)) {
            int exitCode =
                    new ConfinedRun(habitat.seeing(copy.mounts()), invocation, pages)
                            .run(wish.in(copy.plan()));
            boolean done = question.get().settle(copy);
            return done ? exitCode : Math.max(exitCode, Exit.FINDINGS.code());
        }
    }

    /**
     * @throws Failure where a copy cannot stand in the project's place
     */
    static ProjectCopy copy(Habitat habitat) throws EnvironmentException, Failure {
        var kernel = KernelProbe.ask();
        if (!kernel.has(SandboxLayer.USER_NAMESPACE)) {
            throw new Failure(
                    Exit.LAYER_MISSING,
                    "a throwaway copy takes namespaces, which are not to be had here",
                    "blast check --explain sandbox says why");
        }
        Path project = habitat.project().directory();
        return ProjectCopy.of(
                habitat.workspace().directories(),
                project,
                habitat.sandbox().paths(),
                guarded(habitat, project),
                kernel,
                StartFailureText::summary);
    }

    private static Map<Path, String> guarded(Habitat habitat, Path project) {
        var guarded = new HashMap<Path, String>();
        guarded.put(Path.of("policies"), "rules of the project are what it says");
        Path environment = habitat.environment().root();
        if (environment.startsWith(project)) {
            guarded.put(project.relativize(environment), "the environment is run outside as well");
        }
        return guarded;
    }
}
