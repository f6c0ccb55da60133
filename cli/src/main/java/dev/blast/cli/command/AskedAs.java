package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Arguments;
import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.explain.ProposalTerms;
import dev.blast.rules.explain.ProposalTerms.Kept;
import dev.blast.rules.fact.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * As whom {@code check --explain} asks ({@code --as}, {@code --ci}, {@code --purpose}). What is
 * named here, proposed rules hold on to.
 *
 * @param command the program's name, without folders
 * @param keeps what was named
 */
record AskedAs(String command, boolean ci, Purpose purpose, List<Kept> keeps) {
    /** Who asks where nothing is said: what most sessions run. */
    private static final String USUAL_COMMAND = "python";

    /** The options that only an explained subject takes. */
    static final List<String> OPTIONS = List.of("--as", "--ci", "--purpose", "--trace", "--html");

    /**
     * @throws Failure where the subject is asked about by nobody else, or there is no such purpose
     */
    static AskedAs of(Arguments arguments, Subject subject) throws Failure {
        String command =
                subject instanceof Subject.Run(String program) ? nameOf(program) : USUAL_COMMAND;
        var purpose = Purpose.RUN;
        var keeps = new ArrayList<Kept>();
        switch (subject) {
            case Subject.Choose _, Subject.Together _ -> {
                refuse(arguments, "a version is chosen by a sync, not by a program", "--as");
                refuse(arguments, "a version is chosen by a sync", "--purpose");
            }
            case Subject.ToBuild _ -> {
                refuse(arguments, "a sync builds, not a program", "--as");
                refuse(arguments, "it is asked for a build", "--purpose");
                purpose = Purpose.BUILD;
            }
            case Subject.AdvisoryCalled _ -> {
                refuse(arguments, "a sync and check ask for advisories, not a program", "--as");
                refuse(arguments, "a sync and check ask for advisories", "--purpose");
                command = "blast";
                purpose = Purpose.RESOLVE;
            }
            case Subject.Decided _ -> {
                for (String option : List.of("--as", "--ci", "--purpose")) {
                    refuse(arguments, "it is asked again as who asked then", option);
                }
            }
            case Subject.Run _ -> {
                refuse(arguments, "run names the command that asks", "--as");
                refuse(arguments, "run shows what all rules give together", "--trace");
                refuse(arguments, "run shows what all rules give together", "--html");
            }
            case Subject.Sandbox _ -> {
                for (String option : OPTIONS) {
                    refuse(arguments, "the layers of the sandbox are the same for all", option);
                }
            }
            default -> {}
        }
        if (arguments.has("--as")) {
            command = name(arguments.value("--as").orElseThrow());
            keeps.add(Kept.COMMAND);
        }
        if (arguments.has("--ci")) {
            keeps.add(Kept.CI);
        }
        if (arguments.has("--purpose")) {
            purpose = purpose(arguments.value("--purpose").orElseThrow());
            keeps.add(Kept.PURPOSE);
        }
        return new AskedAs(command, arguments.has("--ci"), purpose, keeps);
    }

    /** The option as it is typed. */
    static String example(String option) {
        return switch (option) {
            case "--as" -> "--as pytest";
            case "--purpose" -> "--purpose shell";
            case "--html" -> "--html why.html";
            default -> option;
        };
    }

    private static void refuse(Arguments arguments, String why, String option) throws Failure {
        if (arguments.has(option)) {
            throw new Failure(Exit.USAGE, "%s does not go with it: %s".formatted(option, why));
        }
    }

    /** As {@code blast run} calls it. */
    private static String name(String command) throws Failure {
        String name = nameOf(command);
        if (name.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "--as needs the name of a program, not '%s'".formatted(command),
                    "such as: --as pytest");
        }
        return name;
    }

    private static String nameOf(String command) {
        return command.substring(command.lastIndexOf('/') + 1);
    }

    private static Purpose purpose(String word) throws Failure {
        List<String> known =
                Arrays.stream(Purpose.values())
                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                        .toList();
        Optional<Purpose> purpose =
                Arrays.stream(Purpose.values())
                        .filter(it -> it.name().equalsIgnoreCase(word))
                        .findFirst();
        if (purpose.isEmpty()) {
            var help = new ArrayList<>(Nearest.hint(word, known));
            help.add("it is one of: " + String.join(", ", known));
            throw new Failure(Exit.USAGE, "there is no purpose '%s'".formatted(word), help);
        }
        return purpose.get();
    }

    /** The same workspace, with what a continuous-integration service sets. */
    Workspace in(Workspace workspace) {
        if (!ci) {
            return workspace;
        }
        var variables = new HashMap<String, String>(workspace.variables());
        variables.put("CI", "true");
        return new Workspace(variables, workspace.home(), workspace.directories());
    }

    ProposalTerms terms(Project project) {
        return new ProposalTerms(keeps, kind -> PolicySources.place(project, kind));
    }
}
