package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.invocation.Wanting;
import dev.blast.cli.report.RunPage;
import dev.blast.cli.terminal.Console;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.gate.ListeningSockets;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.NativeText;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.PlanningText;
import dev.blast.enforcer.text.StandInText;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.ledger.RunLedger;
import dev.blast.environment.session.ConfinedProgram;
import dev.blast.environment.session.ConfinedSession;
import dev.blast.environment.session.Egress;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.MissedServers;
import dev.blast.environment.session.Publications;
import dev.blast.environment.session.RunRecorder;
import dev.blast.environment.session.RunViolations;
import dev.blast.environment.session.Wish;
import dev.blast.packaging.Visible;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.vocabulary.Quoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attends a confined program on the terminal from its plan to its end. What the rules want and this
 * kernel cannot give is a refusal, unless a person or a rule accepts it by name.
 */
final class ConfinedRun {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** Starts that are planned anew. */
    private static final int MOST_REPLACED = 2;

    /** So many sentences about what stands in for something are one line. */
    private static final int IN_ONE_LINE = 2;

    private static final String NOTHING_RAN = "nothing has run";

    private final Habitat habitat;
    private final Invocation invocation;
    private final PictureFiles pages;
    private final Console console;
    private final String sync;
    private final @Nullable Learning learning;
    private boolean isStandInSaid;

    /**
     * @param pages in which it is shown over time, where that is asked for
     */
    ConfinedRun(Habitat habitat, Invocation invocation, PictureFiles pages) {
        this(habitat, invocation, pages, null);
    }

    /**
     * @param learning what is seen of it is kept there
     */
    ConfinedRun(
            Habitat habitat,
            Invocation invocation,
            PictureFiles pages,
            @Nullable Learning learning) {
        this.learning = learning;
        this.pages = pages;
        this.habitat = habitat;
        this.invocation = invocation;
        this.console = invocation.console();
        this.sync =
                invocation
                        .arguments()
                        .value(Whereabouts.OPTION)
                        .map(it -> "blast sync %s %s".formatted(Whereabouts.OPTION, it))
                        .orElse("blast sync");
    }

    /** Runs it on the terminal, pipes or files that this process has, and returns its exit code. */
    int run(Wish wish)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        Optional<String> unseen = habitat.surroundings().unseen();
        if (unseen.isPresent()) {
            console.say("blast: " + unseen.get());
        }
        for (int more = MOST_REPLACED; ; more--) {
            try {
                return planned(wish);
            } catch (EnforcerException e) {
                if (more == 0 || !wasReplaced(e.failure())) {
                    throw e;
                }
            }
        }
    }

    /** Between plan and start something was put in the place of a file, as updates do. */
    private static boolean wasReplaced(StartFailure failure) {
        return failure instanceof StartFailure.Refused(_, _, int errno)
                && errno == Errno.ESTALE.number();
    }

    private int planned(Wish wish)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        ConfinedProgram program = ConfinedProgram.planned(habitat, wish);
        try {
            return planned(program, wish);
        } finally {
            close(program);
        }
    }

    /** What the program did is done, and its exit code counts more than what it left. */
    private void close(ConfinedProgram program) {
        try {
            program.close();
        } catch (EnvironmentException e) {
            console.complain(String.valueOf(e.getMessage()));
        }
    }

    private int planned(ConfinedProgram program, Wish wish)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        return switch (program.planning()) {
            case Plan plan -> {
                int exitCode = attended(program, plan, wish.command());
                sayWhatIsWanting(wish, exitCode, program.notPassed());
                yield exitCode;
            }
            case Planning.NotFound(String name, var why) -> {
                console.complain(Quoted.name(name) + ": " + PlanningText.of(why));
                pages.leave(NOTHING_RAN);
                sayWhatIsWanting(wish, NOT_FOUND, Set.of());
                yield NOT_FOUND;
            }
            case Planning.Invalid(List<Problem> problems) ->
                    throw new Failure(
                            Exit.FINDINGS,
                            "the policy cannot be applied",
                            PlanningText.of(problems));
            case Planning.Missing(List<MissingLayer> layers) ->
                    throw refused(layers, String.join(" ", wish.command()));
            case Planning.TooLittle(List<MissingLayer> layers) -> {
                List<String> help = help(layers);
                help.add(MissingLayerText.TOO_LITTLE);
                throw notRun(layers, help);
            }
        };
    }

    /** What shells answer where the sandbox stands and its program cannot be run. */
    private int attended(ConfinedProgram program, Plan plan, List<String> command)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        try {
            return attend(program, plan, command);
        } catch (EnforcerException e) {
            if (!(e.failure() instanceof StartFailure.Refused(Step.Execute _, _, int errno))) {
                throw e;
            }
            pages.leave(NOTHING_RAN);
            String remedy = StartFailureText.remedy(e.failure());
            console.complain(
                    "%s cannot be run: %s%s"
                            .formatted(
                                    command.getFirst(),
                                    Errno.sentence(errno),
                                    remedy.isEmpty() ? "" : "; " + remedy));
            return errno == Errno.ENOENT.number() ? NOT_FOUND : NOT_EXECUTABLE;
        }
    }

    private void sayWhatIsWanting(Wish wish, int exitCode, Set<String> notPassed)
            throws EnvironmentException {
        if (learning != null) {
            return; // that is what is being found out
        }
        new Wanting(habitat, sync)
                .sentences(wish.command(), wish.directory(), exitCode, notPassed)
                .forEach(sentence -> console.say("blast: " + sentence));
    }

    private int attend(ConfinedProgram program, Plan plan, List<String> words)
            throws Failure, EnforcerException, EnvironmentException, InterruptedException {
        String command = String.join(" ", words);
        Publications publications = publications();
        var missed = new MissedServers();
        if (learning == null || !learning.isQuiet()) {
            sayWhatStandsIn(plan);
        }
        RunLedger ledger = habitat.ledger(asTyped(command), program.searchList(), console::say);
        var violations = new RunViolations(habitat, ledger, console::say);
        Optional<ShownRun> shown = Optional.empty();
        Ending ending;
        try (ledger;
                ConfinedSession session =
                        program.startInForeground(
                                plan,
                                keeper(
                                        publications,
                                        missed,
                                        ledger,
                                        violations,
                                        program.searchList()),
                                violations);
                RunRecorder recorder =
                        pages.asked() || learning != null ? session.record() : null) {
            EnvironmentException notEntered = session.notEntered();
            if (notEntered != null) {
                console.say(
                        "blast: %s; blast kill does not know of this run"
                                .formatted(
                                        String.valueOf(notEntered.getMessage())
                                                .lines()
                                                .findFirst()
                                                .orElse("")));
            }
            ending = session.ending();
            ending.limitsHit().forEach(hit -> console.complain(LimitLines.of(command, hit)));
            LimitLines.ofFile(command, ending.exitCode(), habitat.sandbox().limits())
                    .ifPresent(console::complain);
            ending.changed()
                    .ifPresent(place ->
                            console.complain(
                                    "ended %s: %s was replaced, moved, removed or made outside meanwhile; the rules protect it, and what is there now was open to the program for an instant: look at it, and run it again"
                                            .formatted(command, place)));
            if (learning == null && !console.isQuiet()) {
                RemainsLine.of(session.remains()).ifPresent(console::say);
                missed.sentence(ListeningSockets::isOnLoopback)
                        .ifPresent(sentence -> console.say("blast: " + sentence));
            }
            if (recorder != null && learning != null) {
                learning.ended(recorder.end(), program.notPassed());
            } else if (recorder != null) {
                shown =
                        Optional.of(
                                new ShownRun(
                                        environment(),
                                        words.getFirst(),
                                        ending,
                                        recorder.end(),
                                        session.limits()));
            }
        } finally {
            for (String sentence : habitat.surroundings().made()) {
                console.complain(sentence);
            }
        }
        return shown.isEmpty() || isWritten(shown.get().page(ledger.run().orElse(null)))
                ? ending.exitCode()
                : Math.max(ending.exitCode(), Exit.FINDINGS.code());
    }

    /** A shell is named by what started it; what is kept is text. */
    private String asTyped(String command) {
        if (habitat.context().session().purpose() == Purpose.SHELL) {
            return "blast shell";
        }
        return (learning == null ? "blast run " : "blast learn ")
                + (NativeText.isText(command) ? command : Visible.of(command));
    }

    private void sayWhatStandsIn(Plan plan) {
        if (isStandInSaid) {
            return;
        }
        isStandInSaid = true;
        List<String> sentences = StandInText.inShort(plan.standIns());
        if (sentences.size() <= IN_ONE_LINE) {
            if (!sentences.isEmpty()) {
                console.say("blast: " + String.join("; ", sentences));
            }
            return;
        }
        console.say("blast: runs %s, and so".formatted(plan.ladder().title()));
        sentences.forEach(sentence -> console.say("  " + sentence));
    }

    private String environment() {
        return habitat.context().session().environment();
    }

    /** What the program did is done, and its exit code counts more than the page. */
    private boolean isWritten(RunPage page) {
        try {
            pages.write(page);
            return true;
        } catch (Failure e) {
            console.complain(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Publications publications() throws Failure {
        try {
            return new Publications(invocation.arguments().values("--publish"), console::say);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private Gatekeeper keeper(
            Publications publications,
            MissedServers missed,
            RunLedger ledger,
            RunViolations violations,
            List<String> searchList) {
        var egress =
                new Egress(
                        habitat,
                        new IndexHosts(invocation, habitat),
                        new ProxySettings(invocation, habitat),
                        searchList,
                        publications,
                        missed,
                        ledger,
                        violations,
                        console::say);
        return learning == null ? egress : learning.over(egress);
    }

    private Failure refused(List<MissingLayer> layers, String command) {
        List<KeptDecision> decided = decided(layers, command);
        var decisions = new KeptDecisions(habitat.workspace().dossier(habitat.environment()));
        decisions.keep(decided);
        List<String> help = help(layers);
        String options =
                String.join(
                        " ",
                        layers.stream()
                                .map(missing -> "--accept-missing " + missing.layer().title())
                                .toList());
        help.add("to run without: " + options);
        decided.forEach(it ->
                help.add("why: blast check --explain '#%s'".formatted(decisions.shortest(it))));
        return notRun(layers, help);
    }

    private static Failure notRun(List<MissingLayer> layers, List<String> help) {
        return new Failure(
                Exit.LAYER_MISSING,
                "not run: the policy wants %s, not to be had here"
                        .formatted(
                                String.join(
                                        " and ",
                                        layers.stream()
                                                .map(missing -> missing.layer().title())
                                                .toList())),
                help);
    }

    /** Why each is missing, and what to do about it. */
    private static List<String> help(List<MissingLayer> layers) {
        var help = new ArrayList<String>();
        for (MissingLayer missing : layers) {
            help.add(missing.layer().title() + ": " + MissingLayerText.why(missing));
            help.add(MissingLayerText.remedy(missing));
        }
        help.removeIf(String::isEmpty);
        return help;
    }

    /** That no rule accepts it. */
    private List<KeptDecision> decided(List<MissingLayer> layers, String command) {
        var why = new Explanations(habitat.policies().policy(), habitat.context());
        return layers.stream()
                .map(it -> new dev.blast.rules.fact.MissingLayer(it.layer()))
                .map(it ->
                        KeptDecision.of(
                                Instant.now(),
                                asTyped(command),
                                habitat.context().session(),
                                it,
                                why.of(it)))
                .toList();
    }
}
