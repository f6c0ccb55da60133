package dev.blast.cli;

import dev.blast.cli.report.StartReport;
import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.enforcer.spawn.SandboxState;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.PrivateFolder;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.fact.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What confines a session of an environment here and now: the environment's own Python is started
 * in the sandbox for an instant, and what the kernel then says is in force is read back.
 *
 * @param ladder {@code full}, what it is without, or {@code none}
 * @param layers in force, as people call them
 * @param missing sentences about what is not
 * @param leftOut sentences about what rules grant and the program will not find
 */
record SandboxCheck(
        String ladder, List<String> layers, List<String> missing, List<String> leftOut) {

    static SandboxCheck of(
            Invocation invocation, Workspace workspace, Project project, Policies policies)
            throws Exception {
        Habitat habitat =
                Habitat.of(invocation, workspace, project, policies, Purpose.RUN, "python");
        var run = new ConfinedRun(habitat, invocation.console(), Set.of(), java.util.Map.of());
        Path python = habitat.environment().root().resolve("bin/python");
        Path nowhere = Path.of("/dev/null");
        KernelFeatures kernel = KernelProbe.ask();
        try (PrivateFolder folder = PrivateFolder.where(kernel)) {
            return of(
                    run.plan(
                            habitat.sandbox(),
                            List.of(python.toString(), "-I", "-S", "-c", "pass"),
                            project.directory(),
                            new Stdio(nowhere, nowhere, nowhere),
                            kernel,
                            folder));
        }
    }

    private static SandboxCheck of(Planning planning) throws InterruptedException {
        return switch (planning) {
            case Plan plan -> tried(plan);
            case Planning.Missing(List<MissingLayer> layers) ->
                    none(
                            layers.stream()
                                    .map(layer -> layer.layer().title() + ": " + layer.why())
                                    .toList());
            case Planning.Invalid(List<String> problems) -> none(problems);
            case Planning.NotFound(String command, String why) ->
                    none(List.of(command + ": " + why));
        };
    }

    private static SandboxCheck tried(Plan plan) throws InterruptedException {
        try (Running running = Sandbox.start(plan)) {
            SandboxState state = running.state();
            int code = running.waitFor();
            return code == 0
                    ? of(state, plan.leftOut())
                    : none(List.of("Python does not start in it: exit code " + code));
        } catch (EnforcerException e) {
            return none(
                    e.remedy().isEmpty() ? List.of(e.summary()) : List.of(e.summary(), e.remedy()));
        }
    }

    private static SandboxCheck of(SandboxState state, List<String> leftOut) {
        var layers = new ArrayList<String>();
        add(layers, state.namespacesCreated(), "namespaces");
        add(layers, state.filesystemConfigured(), "a root of its own");
        add(layers, state.networkConfigured(), "no network");
        add(layers, state.cgroupsConfigured(), "cgroups");
        add(layers, state.seccompActive(), "seccomp");
        add(layers, state.landlockActive(), "Landlock");
        return new SandboxCheck(state.ladder(), layers, state.substitutes(), leftOut);
    }

    private static void add(List<String> layers, boolean inForce, String name) {
        if (inForce) {
            layers.add(name);
        }
    }

    private static SandboxCheck none(List<String> why) {
        return new SandboxCheck("none", List.of(), why, List.of());
    }

    StartReport.Sandbox report() {
        return new StartReport.Sandbox(ladder, layers, missing);
    }
}
