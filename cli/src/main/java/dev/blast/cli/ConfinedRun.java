package dev.blast.cli;

import dev.blast.cli.terminal.Console;
import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.EnforcedLayer;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.session.Bytecode;
import dev.blast.environment.session.PrivateFolder;
import dev.blast.environment.session.Sessions;
import dev.blast.environment.session.Variables;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.SandboxPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One program, confined as the rules want it, from the plan to its end. What the rules want and
 * this kernel cannot give is a refusal, unless a person or a rule accepts it by name.
 */
final class ConfinedRun {
    private static final int NOT_FOUND = 127;

    private final Habitat habitat;
    private final Console console;
    private final Set<EnforcedLayer> accepted;
    private final Map<String, String> set;

    /**
     * @param accepted layers that the person at the command line can do without
     * @param set variables that this person sets, beside those of the environment; no rule needs to
     *     pass them
     */
    ConfinedRun(
            Habitat habitat,
            Console console,
            Set<EnforcedLayer> accepted,
            Map<String, String> set) {
        this.habitat = habitat;
        this.console = console;
        this.accepted = accepted;
        this.set = set;
    }

    /** Runs it on the terminal, pipes or files that this process has, and returns its exit code. */
    int run(List<String> command, Path directory)
            throws Failure,
                    PolicyException,
                    EnforcerException,
                    EnvironmentException,
                    InterruptedException {
        SandboxPolicy policy = withSet(habitat.sandbox());
        Optional<String> unseen = habitat.surroundings().unseen();
        if (unseen.isPresent()) {
            console.say("blast: " + unseen.get());
        }
        KernelFeatures kernel = KernelProbe.ask();
        try (PrivateFolder folder = PrivateFolder.where(kernel)) {
            return run(plan(policy, command, directory, Stdio.inherit(), kernel, folder), command);
        }
    }

    private int run(Planning planning, List<String> command)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        return switch (planning) {
            case Plan plan -> {
                int exitCode = attend(plan, String.join(" ", command));
                sayWhatIsWanting(command, exitCode);
                yield exitCode;
            }
            case Planning.NotFound(String name, String why) -> {
                console.complain(name + ": " + why);
                sayWhatIsWanting(command, NOT_FOUND);
                yield NOT_FOUND;
            }
            case Planning.Invalid(List<String> problems) ->
                    throw new Failure(Exit.FINDINGS, "the policy cannot be applied", problems);
            case Planning.Missing(List<MissingLayer> layers) -> throw refused(layers);
        };
    }

    private void sayWhatIsWanting(List<String> command, int exitCode) throws EnvironmentException {
        new Wanting(habitat)
                .sentence(command, exitCode)
                .ifPresent(sentence -> console.say("blast: " + sentence));
    }

    /** Layers that rules accept to be missing count as accepted; for others there is no plan. */
    Planning plan(
            SandboxPolicy policy,
            List<String> command,
            Path directory,
            Stdio stdio,
            KernelFeatures kernel,
            PrivateFolder folder) {
        Set<EnforcedLayer> without = EnumSet.noneOf(EnforcedLayer.class);
        without.addAll(accepted);
        for (MissingLayer missing : kernel.missing()) {
            if (habitat.accepts(SandboxLayer.valueOf(missing.layer().name()))) {
                without.add(missing.layer());
            }
        }
        var launch =
                new Launch(command, directory, habitat.variables(), stdio, without, folder.path());
        return Confinement.plan(policy, launch, kernel);
    }

    private int attend(Plan plan, String command)
            throws EnforcerException, EnvironmentException, InterruptedException {
        if (habitat.sessions().list().isEmpty()) {
            new Bytecode(habitat.environment()).tidy();
        }
        if (!plan.substitutes().isEmpty()) {
            console.say("blast: " + String.join("; ", plan.substitutes()));
        }
        habitat.noteReach();
        try (Running running = Sandbox.startInForeground(plan);
                Sessions.Entry _ = enter(running.pid(), command)) {
            Ending ending = running.ending();
            ending.changed()
                    .ifPresent(place ->
                            console.complain(
                                    "ended %s: %s was replaced, moved, removed or made outside meanwhile; the rules protect it, and what is there now was open to the program for an instant: look at it, and run it again"
                                            .formatted(command, place)));
            return ending.exitCode();
        } finally {
            for (String sentence : habitat.surroundings().made()) {
                console.complain(sentence);
            }
        }
    }

    /** A home that cannot be written keeps nobody from running; what it costs is said. */
    private Sessions.Entry enter(long pid, String command) {
        try {
            return habitat.sessions().open(pid, command);
        } catch (EnvironmentException e) {
            console.say(
                    "blast: %s; blast kill does not know of this run"
                            .formatted(
                                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
            return Sessions.Entry.NONE;
        }
    }

    private SandboxPolicy withSet(SandboxPolicy policy) throws EnvironmentException {
        var variables = new HashMap<>(policy.setVariables());
        variables.putAll(new Variables(habitat.environment()).read());
        variables.putAll(set);
        return policy.with(policy.paths(), variables);
    }

    private static Failure refused(List<MissingLayer> layers) {
        var help = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (MissingLayer missing : layers) {
            names.add(missing.layer().title());
            help.add(missing.layer().title() + ": " + missing.why());
            help.add(missing.remedy());
        }
        help.removeIf(String::isEmpty);
        String options =
                String.join(
                        " ",
                        layers.stream()
                                .map(missing ->
                                        "--accept-missing " + LayerNames.option(missing.layer()))
                                .toList());
        help.add("to run without: " + options);
        return new Failure(
                Exit.LAYER_MISSING,
                "not run: the policy wants "
                        + String.join(" and ", names)
                        + ", which are not to be had here",
                help);
    }
}
