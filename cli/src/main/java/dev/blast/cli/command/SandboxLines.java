package dev.blast.cli.command;

import dev.blast.enforcer.gate.SyntheticAddresses;
import dev.blast.enforcer.plan.LeftOut;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step.GateSockets;
import dev.blast.enforcer.spawn.SandboxState;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.PlanningText;
import dev.blast.enforcer.text.StandInText;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.environment.session.SandboxTrial;
import dev.blast.environment.session.SessionProxies;
import dev.blast.packaging.Host;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a trial of the sandbox came to, in the words of reports. */
final class SandboxLines {
    private SandboxLines() {}

    /** The layers in force, as {@link SandboxLayer#title} spells them, and what comes with them. */
    static List<String> layers(SandboxTrial trial) {
        var layers = new ArrayList<String>();
        if (trial instanceof SandboxTrial.Ran(SandboxState state, _)) {
            add(layers, state.namespacesCreated(), "user-namespace");
            add(layers, state.filesystemConfigured(), "a root of its own");
            add(layers, state.networkConfigured() && !state.egressConfigured(), "no network");
            add(layers, state.cgroupsConfigured(), "cgroup");
            add(layers, state.seccompActive(), "seccomp");
            add(layers, state.landlockActive(), "landlock");
            add(layers, state.egressConfigured(), "egress");
        }
        return layers;
    }

    /** Interfaces, addresses and who answers for names, inside. */
    static List<String> network(SandboxTrial trial, SessionProxies proxies) {
        if (!(trial instanceof SandboxTrial.Ran(SandboxState state, _))
                || !state.networkConfigured()) {
            return List.of();
        }
        if (!state.egressConfigured()) {
            return List.of("lo: 127.0.0.1, ::1; no other interface, no route out");
        }
        String four = GateSockets.ADDRESS + "/" + GateSockets.PREFIX;
        String six = GateSockets.ADDRESS6 + "/" + GateSockets.PREFIX6;
        var lines = new ArrayList<String>();
        lines.add(
                "lo: 127.0.0.1, ::1, %s, %s; no other interface, no route out"
                        .formatted(four, six));
        lines.add(
                "names are answered at %s, with addresses of %s"
                        .formatted(
                                Host.withPort(
                                        GateSockets.NAME_SERVER, GateSockets.NAME_SERVER_PORT),
                                SyntheticAddresses.ranges().stream()
                                        .map(it -> Host.of(it.network()) + "/" + it.prefix())
                                        .collect(Collectors.joining(" and "))));
        lines.addAll(proxies.inWords());
        return lines;
    }

    private static void add(List<String> layers, boolean inForce, String name) {
        if (inForce) {
            layers.add(name);
        }
    }

    /** Sentences about what is not in force, and why. */
    static List<String> missing(SandboxTrial trial) {
        return switch (trial) {
            case SandboxTrial.Ran(SandboxState state, _) -> StandInText.of(state.standIns());
            case SandboxTrial.Unplanned(Planning why) -> whyUnplanned(why);
            case SandboxTrial.Refused(StartFailure why) ->
                    Stream.of(StartFailureText.summary(why), StartFailureText.remedy(why))
                            .filter(sentence -> !sentence.isEmpty())
                            .toList();
            case SandboxTrial.Broken(int exitCode) ->
                    List.of("Python does not start in it: exit code " + exitCode);
        };
    }

    /** The same where missing layers are told of elsewhere. */
    static List<String> beside(SandboxTrial trial) {
        return switch (trial) {
            case SandboxTrial.Unplanned(Planning.Missing _) -> List.of();
            case SandboxTrial.Unplanned(Planning.TooLittle _) ->
                    List.of(MissingLayerText.TOO_LITTLE);
            default -> missing(trial);
        };
    }

    /** Layers for want of which nothing runs. */
    static List<String> wanting(SandboxTrial trial) {
        return switch (trial) {
            case SandboxTrial.Unplanned(Planning.Missing(List<MissingLayer> layers)) ->
                    titles(layers);
            case SandboxTrial.Unplanned(Planning.TooLittle(List<MissingLayer> layers)) ->
                    titles(layers);
            default -> List.of();
        };
    }

    private static List<String> titles(List<MissingLayer> layers) {
        return layers.stream().map(layer -> layer.layer().title()).toList();
    }

    private static List<String> whyUnplanned(Planning why) {
        return switch (why) {
            case Plan _ -> List.of();
            case Planning.Missing(List<MissingLayer> layers) -> sentences(layers);
            case Planning.TooLittle(List<MissingLayer> layers) ->
                    Stream.concat(
                                    sentences(layers).stream(),
                                    Stream.of(MissingLayerText.TOO_LITTLE))
                            .toList();
            case Planning.Invalid(List<Problem> problems) -> PlanningText.of(problems);
            case Planning.NotFound(String command, var reason) ->
                    List.of(Quoted.name(command) + ": " + PlanningText.of(reason));
        };
    }

    private static List<String> sentences(List<MissingLayer> layers) {
        return layers.stream()
                .map(layer -> layer.layer().title() + ": " + MissingLayerText.why(layer))
                .toList();
    }

    /** Sentences about what rules grant and the program will not find. */
    static List<String> leftOut(SandboxTrial trial) {
        return trial instanceof SandboxTrial.Ran(_, Plan plan)
                ? plan.leftOut().stream().map(SandboxLines::sentence).toList()
                : List.of();
    }

    private static String sentence(LeftOut leftOut) {
        return "%s (%s): %s is a symbolic link in a folder granted for writing, and is not followed"
                .formatted(
                        leftOut.grant().path(), leftOut.grant().reason().origin(), leftOut.link());
    }
}
