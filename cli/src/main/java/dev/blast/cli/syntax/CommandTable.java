package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.each;
import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;
import static dev.blast.cli.syntax.Option.perhaps;
import static dev.blast.cli.syntax.SharedOptions.ACCEPT_MISSING;
import static dev.blast.cli.syntax.SharedOptions.COMPILE;
import static dev.blast.cli.syntax.SharedOptions.DOT;
import static dev.blast.cli.syntax.SharedOptions.DRY_RUN;
import static dev.blast.cli.syntax.SharedOptions.ENVIRONMENT;
import static dev.blast.cli.syntax.SharedOptions.EXCLUDE_NEWER;
import static dev.blast.cli.syntax.SharedOptions.EXPLAIN;
import static dev.blast.cli.syntax.SharedOptions.EXTRA;
import static dev.blast.cli.syntax.SharedOptions.EXTRA_INDEX;
import static dev.blast.cli.syntax.SharedOptions.FROZEN;
import static dev.blast.cli.syntax.SharedOptions.GROUP;
import static dev.blast.cli.syntax.SharedOptions.HTML;
import static dev.blast.cli.syntax.SharedOptions.INDEX;
import static dev.blast.cli.syntax.SharedOptions.INDEX_STRATEGY;
import static dev.blast.cli.syntax.SharedOptions.LIFT;
import static dev.blast.cli.syntax.SharedOptions.NO_BINARY;
import static dev.blast.cli.syntax.SharedOptions.NO_BUILD;
import static dev.blast.cli.syntax.SharedOptions.NO_WAIT;
import static dev.blast.cli.syntax.SharedOptions.OFFLINE;
import static dev.blast.cli.syntax.SharedOptions.ONLY_BINARY;
import static dev.blast.cli.syntax.SharedOptions.OVERRIDE;
import static dev.blast.cli.syntax.SharedOptions.OVERWRITE_LOCK;
import static dev.blast.cli.syntax.SharedOptions.PRERELEASE;
import static dev.blast.cli.syntax.SharedOptions.PYTHON;
import static dev.blast.cli.syntax.SharedOptions.STRATEGY;
import static dev.blast.cli.syntax.SharedOptions.SVG;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All commands. Each is built only when asked for by name: a process runs one. */
public final class CommandTable {
    static final List<Option> EVERYWHERE =
            List.of(
                    one("DIR", "work as if started in DIR", "-C"),
                    flag("answer with one JSON document on stdout", "--json"),
                    flag("say nothing but results and errors", "-q", "--quiet"),
                    flag("also name each item that is worked on", "-v", "--verbose"),
                    one(
                                    "WHEN",
                                    "colours: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never",
                                    "--color")
                            .choices("auto", "always", "never"),
                    flag("this page", "-h", "--help"));

    private CommandTable() {}

    public static Optional<CommandSyntax> find(String word) {
        return CommandName.of(word).map(CommandTable::of);
    }

    static CommandSyntax of(CommandName name) {
        return switch (name) {
            case START -> ProjectOptions.besides(start());
            case SYNC -> ProjectOptions.besides(sync());
            case ADD -> EditSyntax.add();
            case REMOVE -> EditSyntax.remove();
            case RUN -> RunSyntax.run();
            case SHELL -> RunSyntax.shell();
            case LEARN -> RunSyntax.learn();
            case CHECK -> check();
            case LOG -> HistorySyntax.log();
            case LIST -> list();
            case WHY -> why();
            case WHY_NOT -> whyNot();
            case HISTORY -> HistorySyntax.history();
            case DIFF -> HistorySyntax.diff();
            case UNDO -> HistorySyntax.undo();
            case REDO -> HistorySyntax.redo();
            case ROLLBACK -> HistorySyntax.rollback();
            case SAVE -> SaveSyntax.save();
            case LOAD -> SaveSyntax.load();
            case KILL -> kill();
            case CLEAN -> clean();
            case STORE -> HistorySyntax.store();
            case POLICY -> PolicySyntax.of();
            case TRUST -> trust();
            case ADVISORIES -> advisories();
            case INIT -> init();
        };
    }

    /** Options that may stand before the command's name. */
    static List<Option> beforeCommand() {
        var options = new ArrayList<>(EVERYWHERE);
        options.addAll(List.of(NO_WAIT, OFFLINE, INDEX, EXTRA_INDEX, ACCEPT_MISSING));
        options.add(flag("the version of Blast", "-V", "--version"));
        return options;
    }

    private static CommandSyntax start() {
        return new CommandSyntax(
                CommandName.START.word(),
                "make the environment of a project, or repair it; started again it changes nothing",
                List.of(
                        new Example(
                                "blast start",
                                "the project in this folder: .venv, packages, policy, sandbox"),
                        new Example(
                                "blast start shop --python 3.12",
                                "another folder, a certain Python"),
                        new Example(
                                "blast start --python 3.13 --name next",
                                "a second environment, beside the first; blast run --environment next …")),
                Operands.of("[DIR]", 0, 1),
                List.of(
                        one("DIR", "the project's folder, the same as DIR alone", "--path"),
                        PYTHON,
                        one(
                                "NAME",
                                "what the environment is called in blast list; another name makes a second one, in .venv-NAME",
                                "--name"),
                        each(
                                "KEY=VALUE",
                                "a variable for everything that runs in the environment",
                                "--env"),
                        FROZEN,
                        STRATEGY,
                        GROUP,
                        EXTRA,
                        OVERRIDE,
                        NO_BUILD,
                        ONLY_BINARY,
                        NO_BINARY,
                        EXCLUDE_NEWER,
                        PRERELEASE,
                        INDEX,
                        EXTRA_INDEX,
                        INDEX_STRATEGY,
                        OFFLINE,
                        ENVIRONMENT,
                        COMPILE,
                        NO_WAIT),
                List.of(
                        "1   refused by policy, or not possible: the message says what came back",
                        "3   no set of versions satisfies the project",
                        "4   somebody else holds the environment"));
    }

    private static CommandSyntax sync() {
        return new CommandSyntax(
                CommandName.SYNC.word(),
                "bring packages, lock and project together",
                List.of(
                        new Example("blast sync", "what pyproject.toml and pylock.toml say"),
                        new Example(
                                "blast sync --upgrade httpx --dry-run",
                                "what a newer httpx would change"),
                        new Example(
                                "blast sync --compare stable,newest",
                                "what each strategy would choose, and what decides")),
                Operands.NONE,
                List.of(
                        STRATEGY,
                        perhaps(
                                "NAME",
                                "let go of the locked version of NAME, or of all; 'NAME<3' also shuts others out, this time alone",
                                "--upgrade"),
                        LIFT,
                        FROZEN,
                        flag("install again what differs from its RECORD", "--force"),
                        perhaps(
                                "LETTER",
                                "take a way out that was shown: edit the project's file and sync, both or neither; without LETTER, list them",
                                "--repair"),
                        DRY_RUN,
                        perhaps(
                                "FILE",
                                "write the lock, pylock.toml or FILE, and install nothing; NAME.txt is a requirements file with hashes, - the same on standard output",
                                "--lock-only"),
                        flag(
                                "lock for Linux, macOS and Windows and the Pythons of requires-python as well; the lock stays so from then on",
                                "--universal"),
                        OVERWRITE_LOCK,
                        one(
                                "NAME",
                                "choose for another machine, with --dry-run or --lock-only: linux, macos, windows, a target as uv names it, or a tag such as manylinux_2_28_aarch64",
                                "--platform"),
                        one(
                                "3.N",
                                "choose for this Python, which need not be here, with --dry-run or --lock-only",
                                "--python-version"),
                        EXPLAIN,
                        one(
                                "A,B,…",
                                "what these strategies would each choose, in a table; auto is what the rules choose; changes nothing",
                                "--compare"),
                        one(
                                "FILE",
                                "a page to open in a browser: the conflict where no versions fit together, or what --compare says",
                                "--html"),
                        one("FILE", "the conflict as a picture", "--svg"),
                        one("FILE", "the conflict for Graphviz", "--dot"),
                        PYTHON,
                        GROUP,
                        EXTRA,
                        OVERRIDE,
                        NO_BUILD,
                        ONLY_BINARY,
                        NO_BINARY,
                        EXCLUDE_NEWER,
                        PRERELEASE,
                        INDEX,
                        EXTRA_INDEX,
                        INDEX_STRATEGY,
                        OFFLINE,
                        ENVIRONMENT,
                        COMPILE,
                        NO_WAIT),
                List.of(
                        "1   refused by policy, or not possible: the message says what came back",
                        "3   no set of versions satisfies the project",
                        "4   somebody else holds the environment"));
    }

    private static CommandSyntax check() {
        return new CommandSyntax(
                CommandName.CHECK.word(),
                "is the environment whole: files, requirements, known holes, lock, policy, sandbox; or why is something allowed",
                List.of(
                        new Example(
                                "blast check", "every file against its RECORD, and all the rest"),
                        new Example(
                                "blast check --explain connect pypi.example:443",
                                "the verdict, with rule and line"),
                        new Example(
                                "blast check --explain read ~/data --as jupyter --trace",
                                "what every rule says of it when jupyter asks"),
                        new Example(
                                "blast check --explain build docopt==0.6.2",
                                "may its source be built, of what, and how it failed before")),
                Operands.of("[SUBJECT]", 0, 4),
                List.of(
                        flag(
                                "explain; SUBJECT is one of: connect HOST[:PORT] or a URL, read PATH, write PATH, access PATH,"
                                        + " run COMMAND, package NAME[==VERSION] [with NAME[==VERSION]], build NAME[==VERSION], advisory ID, syscall NAME,"
                                        + " variable NAME, limit memory (cpu, processes, open files, file size, disk, files, io, time), violation KIND [SUBJECT] [COUNT], sandbox,"
                                        + " '#ID' (what sync or run named as refused)",
                                "--explain"),
                        one(
                                "COMMAND",
                                "explain: as this program asks, not as python; a proposed rule is for it alone",
                                "--as"),
                        flag(
                                "explain: as it is asked in continuous integration; a proposed rule is for that alone",
                                "--ci"),
                        one(
                                "PURPOSE",
                                "explain: as asked for run, shell, build, install, resolve or learn; a proposed rule is for that alone",
                                "--purpose"),
                        flag(
                                "explain: also every rule that speaks about it, constraint by constraint, with TRUE or FALSE and values",
                                "--trace"),
                        one(
                                "FILE",
                                "explain: also a page to open in a browser: verdict, every rule as a tree, the facts and where they come from",
                                "--html"),
                        OVERRIDE,
                        NO_BUILD,
                        ONLY_BINARY,
                        NO_BINARY,
                        EXCLUDE_NEWER,
                        PRERELEASE,
                        INDEX,
                        EXTRA_INDEX,
                        INDEX_STRATEGY,
                        OFFLINE,
                        ENVIRONMENT),
                List.of("1   findings; with a subject: it is denied"));
    }

    private static CommandSyntax list() {
        return new CommandSyntax(
                CommandName.LIST.word(),
                "the environments of this user, what was saved of them, or the packages of the one here",
                List.of(
                        new Example("blast list", "one line for each environment"),
                        new Example("blast list saves", "what blast save has kept"),
                        new Example(
                                "blast list --sessions",
                                "what runs in the environment here, what is in force around it, and what it uses"),
                        new Example(
                                "blast list packages", "what is installed here, and who wants it"),
                        new Example(
                                "blast list packages --tree",
                                "from what the project asks for down to what that needs"),
                        new Example(
                                "blast list packages --outdated",
                                "what is newer, and what holds it back"),
                        new Example(
                                "blast list packages --html packages.html",
                                "the same to look at, in a browser")),
                Operands.of("[packages | saves]", 0, 1, "packages", "saves"),
                List.of(
                        flag(
                                "what runs in the environment here: what is in force around it, read again, and what it uses of its limits",
                                "--sessions"),
                        flag(
                                "packages: as a tree; what was shown before is folded, circles are marked",
                                "--tree"),
                        flag(
                                "packages: those of which there is a newer version, with what sync --upgrade would choose and what holds each back",
                                "--outdated"),
                        STRATEGY,
                        GROUP,
                        EXTRA,
                        INDEX,
                        EXTRA_INDEX,
                        OFFLINE,
                        ENVIRONMENT,
                        HTML,
                        SVG,
                        DOT),
                List.of("1   packages: there is no environment"));
    }

    private static CommandSyntax why() {
        return new CommandSyntax(
                CommandName.WHY.word(),
                "why is a package here, and in this version: the paths from what you ask for to it, and what binds it",
                List.of(
                        new Example(
                                "blast why urllib3",
                                "who asks for it, and what keeps newer versions out"),
                        new Example(
                                "blast why urllib3 --offline",
                                "without asking an index about newer versions")),
                Operands.of("PACKAGE", 1, 1),
                List.of(HTML, SVG, DOT, INDEX, EXTRA_INDEX, OFFLINE, ENVIRONMENT),
                List.of("1   it is not part of the environment"));
    }

    private static CommandSyntax whyNot() {
        return new CommandSyntax(
                CommandName.WHY_NOT.word(),
                "why is a package not here, or not in another version: a proof, or the objective that lost and the command that would choose it",
                List.of(
                        new Example(
                                "blast why-not 'numpy>=2'",
                                "solves the project with that asked for"),
                        new Example(
                                "blast why-not urllib3==2.6.0 --json", "the same for programs")),
                Operands.of("PACKAGE[VERSIONS]", 1, 1),
                List.of(STRATEGY, PYTHON, GROUP, EXTRA, INDEX, EXTRA_INDEX, OFFLINE, ENVIRONMENT),
                List.of(
                        "0   a sync chooses it, or it could be chosen and nothing is better without",
                        "1   the rules refuse it, or the strategy puts another answer first",
                        "3   no set of versions has it: the proof is printed"));
    }

    private static CommandSyntax kill() {
        return new CommandSyntax(
                CommandName.KILL.word(),
                "end what runs in an environment and finish or undo its open changes; files stay. Or let go on what a rule froze",
                List.of(
                        new Example(
                                "blast kill",
                                "all that runs in this folder's environment, suspended or not"),
                        new Example("blast kill shop --force", "by name, without grace"),
                        new Example("blast kill --resume", "what is frozen goes on; nothing ends")),
                Operands.of("[NAME]", 0, 1),
                List.of(
                        flag("SIGKILL at once instead of SIGTERM and five seconds", "--force"),
                        flag("end nothing: let frozen sessions go on", "--resume"),
                        ENVIRONMENT),
                List.of(
                        "1   no such environment",
                        "4   something could not be ended or let go on, or another user's command is at work"));
    }

    private static CommandSyntax clean() {
        return new CommandSyntax(
                CommandName.CLEAN.word(),
                "remove an environment; project, lock, policies and history stay, and blast undo brings it back",
                List.of(
                        new Example("blast clean", "the environment of this folder"),
                        new Example("blast clean shop", "by name"),
                        new Example(
                                "blast clean --save before-upgrade",
                                "what blast save had kept, and no environment")),
                Operands.of("[NAME]", 0, 1),
                List.of(
                        one("NAME", "remove this save instead; environments stay", "--save"),
                        ENVIRONMENT,
                        NO_WAIT),
                List.of("1   no such environment, or save", "4   somebody else holds it"));
    }

    private static CommandSyntax trust() {
        return new CommandSyntax(
                CommandName.TRUST.word(),
                "let the policy files of this project open doors, with exactly the content they have now",
                List.of(
                        new Example(
                                "blast trust",
                                "shows what opens that was closed, asks, and trusts"),
                        new Example("blast trust --list", "the projects that you trust"),
                        new Example("blast trust --revoke", "takes it back")),
                Operands.NONE,
                List.of(
                        flag(
                                "do not ask; without a terminal nobody is asked anyway",
                                "-y",
                                "--yes"),
                        flag("the projects whose policies are trusted, and since when", "--list"),
                        flag("take the trust back", "--revoke")),
                List.of("1   a rule has an error, or the answer was no: nothing is trusted"));
    }

    private static CommandSyntax advisories() {
        return new CommandSyntax(
                CommandName.ADVISORIES.word(),
                "bring what is known of holes in packages up to date; sync and check look at it",
                List.of(
                        new Example(
                                "blast advisories update --from all.zip",
                                "OSV's archive of the ecosystem PyPI"),
                        new Example("blast advisories update", "from where BLAST_ADVISORIES says")),
                Operands.of("update", 1, 1, "update"),
                List.of(
                        one(
                                "PLACE",
                                "a zip or a folder of OSV's documents, or its https:// address; else BLAST_ADVISORIES names it",
                                "--from")),
                List.of("1   they cannot be had or read; what was known stays"));
    }

    private static CommandSyntax init() {
        return new CommandSyntax(
                CommandName.INIT.word(),
                "print completions and the activate function for a shell's start file",
                List.of(
                        new Example(
                                "eval \"$(blast init bash)\"",
                                "in ~/.bashrc; the same for zsh in ~/.zshrc"),
                        new Example("blast init fish | source", "in ~/.config/fish/config.fish")),
                Operands.of("bash | zsh | fish", 1, 1, "bash", "zsh", "fish"),
                List.of(),
                List.of());
    }
}
