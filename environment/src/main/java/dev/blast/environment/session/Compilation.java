package dev.blast.environment.session;

import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.EnvironmentException;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles what is installed in an environment, in its sandbox: sources are a stranger's, and
 * whatever reads them may be led astray. Nothing of them is run.
 */
public final class Compilation {
    private static final int SIGNALS = 128;

    private Compilation() {}

    /**
     * Does it, and notes that it was done for the environment as it is. A module that is no Python
     * of this version stays uncompiled, as it would at its import.
     *
     * @param caller the variables of who asks
     * @return whether it was done
     */
    public static boolean run(Habitat habitat, Map<String, String> caller)
            throws EnvironmentException, EnforcerException, InterruptedException {
        Path root = habitat.environment().root();
        Path packages = root.resolve(habitat.applied().sitePackages());
        Path nowhere = Path.of("/dev/null");
        Wish wish =
                new Wish(
                        List.of(
                                root.resolve("bin/python").toString(),
                                "-I",
                                "-S",
                                "-m",
                                "compileall",
                                "-q",
                                "-j",
                                "0",
                                packages.toString()),
                        habitat.project().directory(),
                        new Stdio(nowhere, nowhere, nowhere),
                        caller,
                        Map.of(),
                        Set.of(),
                        false);
        try (ConfinedProgram program =
                ConfinedProgram.planned(habitat.with(writing(habitat.sandbox(), packages)), wish)) {
            if (!(program.planning() instanceof Plan plan)) {
                return false;
            }
            try (Running running = Sandbox.start(plan)) {
                if (running.waitFor() >= SIGNALS) {
                    return false;
                }
            }
        }
        new Bytecode(habitat.environment()).noteCompiled(habitat.applied());
        return true;
    }

    /** The same rights, the packages' folder for writing, and no other place for bytecode. */
    private static SandboxPolicy writing(SandboxPolicy policy, Path packages) {
        var variables = new TreeMap<>(policy.setVariables());
        variables.remove(Bytecode.PREFIX);
        variables.remove(Bytecode.NONE);
        var paths = new ArrayList<PathGrant>();
        for (PathGrant grant : policy.paths()) {
            paths.add(grant);
            if (grant.access() == Access.READABLE && packages.startsWith(grant.path())) {
                paths.add(
                        new PathGrant(
                                packages, Access.WRITABLE, OptionalLong.empty(), grant.reason()));
            }
        }
        return policy.with(paths, variables);
    }
}
