package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.invocation.LayerNames;
import dev.blast.cli.invocation.UnpassedVariables;
import dev.blast.cli.report.LearnReport;
import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Prompt;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.copy.CopyChange;
import dev.blast.environment.copy.ProjectCopy;
import dev.blast.environment.learn.LearnedRules;
import dev.blast.environment.learn.OpenEyes;
import dev.blast.environment.learn.SeenNeeds;
import dev.blast.environment.learn.SeenPeaks;
import dev.blast.environment.policies.PolicyWriter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code blast learn}: runs a command with open eyes in a throwaway copy of the project, proposes
 * rules for what it was seen to need, and runs it under them until nothing more is missed.
 */
public final class LearnCommand implements Command {
    /**
     * Runs with open eyes: a program that stops at the first thing it misses takes one for each.
     */
    private static final int WATCHED = 20;

    /** Runs under a proposal and nothing else; what a program misses only then is added. */
    private static final int PROOFS = 3;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private static final Path NOTHING = Path.of("/dev/null");
    private static final Stdio NOBODY = new Stdio(NOTHING, NOTHING, NOTHING);

    /** One run and what came of it. */
    private record Seen(int exitCode, SeenNeeds needs, SeenPeaks peaks) {

        /** With what was seen before. */
        Seen after(Seen before, Path home, Path project) {
            return new Seen(
                    exitCode, before.needs.and(needs, home, project), before.peaks.and(peaks));
        }
    }

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Policies policies = Workspaces.policies(workspace, project, invocation.console());
        List<String> typed = invocation.arguments().operands();
        Optional<Path> script = RunCommand.script(typed.getFirst(), invocation.directory());
        var wish =
                new Wish(
                        script.isPresent() ? RunCommand.byPython(typed, script.get()) : typed,
                        invocation.directory(),
                        Stdio.inherit(),
                        Inherited.variables(workspace.variables()),
                        EnvOption.read(invocation, workspace.variables()),
                        LayerNames.accepted(invocation.arguments()),
                        true);
        String program = script.isPresent() ? "python" : RunCommand.nameOf(typed.getFirst());
        String name = name(invocation, typed);
        if (invocation.arguments().has("--write")) {
            requireFree(project, file(name));
        }
        return new Rounds(invocation, workspace, project, policies, typed, program, name, wish)
                .run();
    }

    private static String name(Invocation invocation, List<String> typed) throws Failure {
        Optional<String> given = invocation.arguments().value("--name");
        if (given.isPresent() && !NAME.matcher(given.get()).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    "--name: '%s' is no name for a file: up to 80 letters, digits, '-', '_' and '.' make one"
                            .formatted(given.get()));
        }
        return given.orElseGet(() -> LearnedRules.nameOf(typed));
    }

    private static Path file(String name) {
        return Path.of("policies", LearnedRules.fileOf(name) + ".drl");
    }

    private static void requireFree(Project project, Path file) throws Failure {
        if (isThere(project, file)) {
            throw new Failure(
                    Exit.FINDINGS,
                    "%s is there already, and stays as it is".formatted(file),
                    "--name NAME gives another name, or move it away");
        }
    }

    private static boolean isThere(Project project, Path file) {
        return Files.exists(project.directory().resolve(file), LinkOption.NOFOLLOW_LINKS);
    }

    /** The runs of one command. */
    private record Rounds(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Policies policies,
            List<String> typed,
            String program,
            String name,
            Wish wish) {

        int run() throws Exception {
            Seen seen = seen(policies, Purpose.LEARN, wish.stdio(), true);
            int runs = 1;
            for (boolean more = true; more && seen.exitCode() != 0 && runs < WATCHED; runs++) {
                Seen next =
                        seen(with(rules(seen)), Purpose.LEARN, NOBODY, true)
                                .after(seen, workspace.home(), project.directory());
                more = !next.needs().isEmptyBeside(seen.needs());
                seen = next;
            }
            say(invocation, seen, runs);
            if (seen.needs().isEmpty()) {
                nothingProposed(seen);
                return Exit.DONE.code();
            }
            LearnedRules rules = rules(seen);
            Seen proof = seen;
            int before = seen.exitCode();
            boolean proved = false;
            for (int round = 0; round < PROOFS && !proved; round++) {
                before = proof.exitCode();
                rules = rules(seen);
                proof = seen(with(rules), Purpose.RUN, NOBODY, false);
                Seen more = proof.after(seen, workspace.home(), project.directory());
                proved =
                        rules.areProved(
                                proof.exitCode(),
                                before,
                                !more.needs().isEmptyBeside(seen.needs()));
                seen = more;
            }
            return answer(invocation, project, rules, before, proof, proved);
        }

        private void nothingProposed(Seen seen) {
            seen.needs()
                    .closed()
                    .forEach((what, why) ->
                            invocation
                                    .console()
                                    .say("blast: not proposed: %s (%s)".formatted(what, why)));
            invocation
                    .console()
                    .say(
                            seen.exitCode() == 0
                                    ? "blast: rules give it all that it was seen to need; nothing is proposed"
                                    : "blast: it failed, and nothing was seen that a rule could give it; nothing is proposed");
        }

        private LearnedRules rules(Seen seen) {
            return LearnedRules.of(
                    program,
                    String.join(" ", typed),
                    name,
                    seen.needs(),
                    seen.peaks(),
                    seen.exitCode() != 0,
                    project.directory(),
                    workspace.home());
        }

        /**
         * The rules in force, and these as if they were trusted, but that nothing is written on the
         * machine: nobody has agreed to it.
         */
        private Policies with(LearnedRules rules) {
            PolicyFile learned = rules.file();
            var files = new ArrayList<PolicyFile>(policies.files());
            files.removeIf(file -> file.displayPath().equals(learned.displayPath()));
            files.add(learned);
            return switch (Policy.load(files)) {
                case Loading.Loaded(Policy policy) -> new Policies(files, policy);
                case Loading.Refused(var errors) ->
                        throw new IllegalStateException("learned rules do not load: " + errors);
            };
        }

        private Seen seen(Policies rules, Purpose purpose, Stdio streams, boolean opens)
                throws Exception {
            return LearnCommand.seen(
                    Habitats.of(invocation, workspace, project, rules, purpose, program),
                    invocation,
                    wish.witnessed(streams),
                    opens);
        }
    }

    private static Seen seen(Habitat habitat, Invocation invocation, Wish wish, boolean opens)
            throws Exception {
        var learning = new Learning(opens, wish.stdio().equals(NOBODY));
        try (ProjectCopy copy = ThrowawayRun.copy(habitat)) {
            int exitCode =
                    new ConfinedRun(
                                    habitat.seeing(copy.mounts()),
                                    invocation,
                                    PictureFiles.of(invocation),
                                    learning)
                            .run(wish.in(copy.plan()));
            OpenEyes eyes = learning.eyes();
            if (eyes == null) {
                throw new Failure(
                        Exit.FINDINGS, "nothing is learned: the command did not run", List.of());
            }
            Path project = habitat.project().directory();
            var changed = new ArrayList<Path>();
            for (CopyChange change : copy.changes()) {
                changed.add(project.resolve(change.path()));
            }
            return new Seen(
                    exitCode,
                    SeenNeeds.of(
                            eyes,
                            habitat.sandbox(),
                            project,
                            habitat.workspace().home(),
                            changed,
                            exitCode != 0,
                            mentioned(wish, learning, project)),
                    learning.peaks());
        }
    }

    private static Map<String, String> mentioned(Wish wish, Learning learning, Path project) {
        var mentioned = new TreeMap<String, String>();
        for (String name :
                UnpassedVariables.wanted(learning.notPassed(), wish.command(), project)) {
            mentioned.put(name, wish.caller().getOrDefault(name, ""));
        }
        return mentioned;
    }

    private static void say(Invocation invocation, Seen seen, int runs) {
        SeenNeeds needs = seen.needs();
        invocation
                .console()
                .say(
                        "blast: watched %s in throwaway copies, the last ended with %d: %s, %s, %s and %s beyond the rules; %s and %s at most"
                                .formatted(
                                        Figures.count(runs, "run"),
                                        seen.exitCode(),
                                        Figures.count(needs.endpoints().size(), "host"),
                                        Figures.count(
                                                needs.reads().size() + needs.writes().size(),
                                                "path"),
                                        Figures.count(needs.variables().size(), "variable"),
                                        Figures.count(needs.calls().size(), "system call"),
                                        Figures.memory(seen.peaks().memoryBytes()),
                                        Figures.count(seen.peaks().processes(), "thread")));
    }

    private static int answer(
            Invocation invocation,
            Project project,
            LearnedRules rules,
            int before,
            Seen proof,
            boolean proved)
            throws Exception {
        Path file = Path.of("policies", rules.name() + ".drl");
        boolean writes = invocation.arguments().has("--write");
        boolean asks =
                !writes
                        && invocation.interactive()
                        && !invocation.arguments().has("--json")
                        && !isThere(project, file);
        if (asks) {
            invocation
                    .console()
                    .explain(
                            report(rules, file, before, proof, proved, false)
                                    .text(invocation.console().resultPalette()));
            writes = Prompt.agrees(invocation.console(), System.in, "write " + file + "?");
            if (!writes) {
                return proved ? Exit.DONE.code() : Exit.FINDINGS.code();
            }
        }
        if (writes) {
            requireFree(project, file);
            PolicyWriter.below(project.directory()).create(Map.of(file, rules.text()));
        }
        invocation.answer(report(rules, file, before, proof, proved, writes));
        return proved ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    private static LearnReport report(
            LearnedRules rules,
            Path file,
            int before,
            Seen proof,
            boolean proved,
            boolean written) {
        return new LearnReport(
                file.toString(),
                rules.lines(),
                rules.unproved(),
                rules.closed().entrySet().stream()
                        .map(it -> "%s (%s)".formatted(it.getKey(), it.getValue()))
                        .collect(Collectors.toList()),
                before,
                proof.exitCode(),
                proved,
                rules.text(),
                written);
    }
}
