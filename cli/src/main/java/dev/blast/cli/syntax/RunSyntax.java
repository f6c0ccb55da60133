package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.each;
import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;
import static dev.blast.cli.syntax.SharedOptions.ACCEPT_MISSING;
import static dev.blast.cli.syntax.SharedOptions.CHANGES;
import static dev.blast.cli.syntax.SharedOptions.ENV;
import static dev.blast.cli.syntax.SharedOptions.ENVIRONMENT;
import static dev.blast.cli.syntax.SharedOptions.ENV_FILE;
import static dev.blast.cli.syntax.SharedOptions.INDEX;
import static dev.blast.cli.syntax.SharedOptions.KEEP;
import static dev.blast.cli.syntax.SharedOptions.KEEP_PATH;
import static dev.blast.cli.syntax.SharedOptions.NO_WAIT;
import static dev.blast.cli.syntax.SharedOptions.OFFLINE;
import static dev.blast.cli.syntax.SharedOptions.PUBLISH;
import static dev.blast.cli.syntax.SharedOptions.PYTHON;

import java.util.List;

/** The commands that run something, confined. */
final class RunSyntax {
    private RunSyntax() {}

    static CommandSyntax run() {
        return new CommandSyntax(
                CommandName.RUN.word(),
                "run a command in the environment, confined as the rules say",
                List.of(
                        new Example(
                                "blast run pytest -q", "the environment's pytest, in the sandbox"),
                        new Example(
                                "blast run -- python -c 'print(1)'",
                                "everything after -- belongs to the command"),
                        new Example(
                                "blast run fetch.py",
                                "a script; what it needs by its own word (# /// script) comes first"),
                        new Example(
                                "blast run --with rich python",
                                "with a package more, this time alone"),
                        new Example(
                                "blast run --keep ask ./agent.sh",
                                "it changes a throwaway copy of the project; afterwards you choose")),
                Operands.command("[--] COMMAND [ARG]…"),
                List.of(
                        each(
                                "NAME[==VERSION]",
                                "with this besides, in an environment of its own; the project's stays as it is",
                                "--with"),
                        PYTHON,
                        INDEX,
                        OFFLINE,
                        ENV,
                        ENV_FILE,
                        PUBLISH,
                        KEEP,
                        KEEP_PATH,
                        CHANGES,
                        one(
                                "FILE",
                                "what it did over time, as a page to open in a browser: processes, requests for the network, use of its limits",
                                "--html"),
                        ENVIRONMENT,
                        ACCEPT_MISSING,
                        NO_WAIT),
                List.of(
                        "N   the command's own exit code; 128+n where signal n ended it",
                        "1   refused by policy, or there is no environment",
                        "69  a layer of the sandbox is missing here: --accept-missing LAYER runs all the same",
                        "126 it may not be run; 127: there is no such command inside"));
    }

    static CommandSyntax shell() {
        return new CommandSyntax(
                CommandName.SHELL.word(),
                "your shell ($SHELL) in the environment, confined as the rules say",
                List.of(
                        new Example("blast shell", "leave it with exit or Ctrl-D"),
                        new Example("blast shell -c 'make && pytest'", "one line, and leave"),
                        new Example("SHELL=/usr/bin/fish blast shell", "another shell")),
                Operands.NONE,
                List.of(
                        one("COMMAND", "run this in the shell, and leave it", "-c"),
                        ENV,
                        ENV_FILE,
                        PUBLISH,
                        KEEP,
                        KEEP_PATH,
                        CHANGES,
                        ENVIRONMENT,
                        ACCEPT_MISSING,
                        NO_WAIT),
                List.of(
                        "N   the shell's own exit code",
                        "69  a layer of the sandbox is missing here: --accept-missing LAYER runs all the same"));
    }

    static CommandSyntax learn() {
        return new CommandSyntax(
                CommandName.LEARN.word(),
                "watch a command in a throwaway copy of the project, and propose the narrowest rules for what it needs",
                List.of(
                        new Example(
                                "blast learn -- python fetch.py",
                                "runs it with open eyes, then under the rules that it proposes"),
                        new Example(
                                "blast learn --write -- pytest -q",
                                "writes policies/learned-pytest.drl")),
                Operands.command("[--] COMMAND [ARG]…"),
                List.of(
                        flag("write the rules into the project without asking", "--write"),
                        one("NAME", "of the file: policies/learned-NAME.drl", "--name"),
                        ENV,
                        ENV_FILE,
                        ENVIRONMENT,
                        ACCEPT_MISSING,
                        NO_WAIT),
                List.of(
                        "0   under the proposed rules the command ended as before, and missed nothing",
                        "1   it did not, or it did not run",
                        "69  a layer of the sandbox is missing here: --accept-missing LAYER runs all the same"));
    }
}
