package dev.blast.enforcer;

import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.GateWanted;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.StandInText;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Blast finds, refuses and runs in the process that it is: FOLDER SECRET. Each line is a word
 * and what it is about.
 */
final class OnPoorerMachine {
    private OnPoorerMachine() {}

    public static void main(String[] arguments) throws Exception {
        KernelFeatures kernel = KernelProbe.ask();
        for (MissingLayer missing : kernel.missing()) {
            System.out.printf(
                    "missing %s: %s; %s%n",
                    missing.layer().title(),
                    MissingLayerText.why(missing),
                    MissingLayerText.remedy(missing));
        }
        System.out.println("cgroups " + !kernel.layers().controllers().isEmpty());
        Path folder = Path.of(arguments[0]);
        Path secret = Path.of(arguments[1]);
        run("unasked", folder, secret, kernel, Set.of(SandboxLayer.EGRESS));
        run("accepted", folder, secret, kernel, EnumSet.allOf(SandboxLayer.class));
    }

    private static void run(
            String how, Path folder, Path secret, KernelFeatures kernel, Set<SandboxLayer> accepted)
            throws Exception {
        Path log = folder.resolve(how);
        String program =
                """
                echo ran; echo made >made-%1$s && cat made-%1$s
                cat %2$s; echo no >%2$s; rm -f %2$s; cat /etc/shadow
                cd /; echo no >./made-by-blast
                """
                        .formatted(how, secret);
        Launch launch =
                new Launch(
                        List.of("sh", "-c", program),
                        folder,
                        Map.of(),
                        Stdio.logged(log),
                        accepted,
                        null,
                        new GateWanted("nameserver 127.0.0.1\n"));
        PolicyBuilder policy =
                PolicyBuilder.system()
                        .grant(Access.WRITABLE, folder.toString())
                        .limit("processes", 50);
        switch (Confinement.plan(policy.build(), launch, kernel)) {
            case Plan plan -> {
                try (Running running = Sandbox.start(plan, RuledKeeper.allowing("port == 1"))) {
                    running.waitFor();
                    System.out.printf(
                            "%s runs %s, %s%n",
                            how,
                            plan.ladder().title(),
                            running.state().initialized() ? "in force" : "not in force");
                    StandInText.of(plan.standIns())
                            .forEach(it -> System.out.println("instead " + it));
                } catch (EnforcerException e) {
                    System.out.printf(
                            "%s fails: %s; %s%n",
                            how,
                            StartFailureText.summary(e.failure()),
                            StartFailureText.remedy(e.failure()));
                }
                if (Files.exists(log)) {
                    Files.readAllLines(log).forEach(line -> System.out.println("  " + line));
                }
            }
            case Planning.Missing(var layers) ->
                    System.out.printf(
                            "%s is refused for want of %s%n",
                            how, layers.stream().map(it -> it.layer().title()).toList());
            case Planning.TooLittle _ -> System.out.printf("%s is too little%n", how);
            case Planning other -> System.out.printf("%s: %s%n", how, other);
        }
    }
}
