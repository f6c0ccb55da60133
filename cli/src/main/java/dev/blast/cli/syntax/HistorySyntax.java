package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;
import static dev.blast.cli.syntax.SharedOptions.ENVIRONMENT;
import static dev.blast.cli.syntax.SharedOptions.NO_WAIT;

import java.util.List;

/** The commands that look at what was in an environment, and go back to it. */
final class HistorySyntax {
    private static final List<String> EXITS =
            List.of(
                    "1   there is no such generation, or it cannot be brought back",
                    "4   somebody else holds the environment");

    private HistorySyntax() {}

    static CommandSyntax history() {
        return new CommandSyntax(
                CommandName.HISTORY.word(),
                "what an environment has been: each change, who made it and what became of it",
                List.of(
                        new Example("blast history", "the environment of this folder"),
                        new Example("blast history shop --json", "by name, for a program")),
                Operands.of("[NAME]", 0, 1),
                List.of(
                        flag("all of it, not only the last twenty", "--all"),
                        one("FILE", "all of it as a page to open in a browser", "--html"),
                        ENVIRONMENT),
                List.of("1   no such environment"));
    }

    static CommandSyntax log() {
        return new CommandSyntax(
                CommandName.LOG.word(),
                "what programs of an environment tried to reach: names, ports, verdicts, rules and bytes, the newest last",
                List.of(
                        new Example("blast log", "the last sessions in the environment here"),
                        new Example("blast log --denied --since 2h", "what was refused since then"),
                        new Example("blast log --session last --json", "one, for a program")),
                Operands.of("[NAME]", 0, 1),
                List.of(
                        flag("only what was refused", "--denied"),
                        one(
                                "WHEN",
                                "only what was tried since: how long ago (30 min, 2h, 3 days), a time of day (14:02), a day, a time, today or yesterday",
                                "--since"),
                        one("NUMBER", "only this session, or the last", "--session"),
                        flag("all sessions that are kept, not only the last ten", "--all"),
                        ENVIRONMENT),
                List.of("1   no such environment, or no such session is kept"));
    }

    static CommandSyntax diff() {
        return new CommandSyntax(
                CommandName.DIFF.word(),
                "what is different between two generations: packages, what was asked for, files, lock",
                List.of(
                        new Example("blast diff", "what the last change did"),
                        new Example(
                                "blast diff 6 8 --files", "from the 6th to the 8th, file by file")),
                Operands.of("[FROM [TO]]", 0, 2),
                List.of(flag("also name each file", "--files"), ENVIRONMENT),
                List.of("1   there is no such generation"));
    }

    static CommandSyntax undo() {
        return new CommandSyntax(
                CommandName.UNDO.word(),
                "take back the last change: the environment becomes what it was before, without a network",
                List.of(
                        new Example("blast undo", "in the environment of this folder"),
                        new Example("blast undo && blast redo", "there and back")),
                Operands.of("[NAME]", 0, 1),
                List.of(ENVIRONMENT, NO_WAIT),
                EXITS);
    }

    static CommandSyntax redo() {
        return new CommandSyntax(
                CommandName.REDO.word(),
                "do again what the last undo took back",
                List.of(
                        new Example("blast redo", "in the environment of this folder"),
                        new Example("blast redo shop", "by name")),
                Operands.of("[NAME]", 0, 1),
                List.of(ENVIRONMENT, NO_WAIT),
                EXITS);
    }

    static CommandSyntax rollback() {
        return new CommandSyntax(
                CommandName.ROLLBACK.word(),
                "make the environment what a generation left, file for file, without a network",
                List.of(
                        new Example("blast rollback 6", "blast history lists the numbers"),
                        new Example("blast rollback 6 && blast undo", "there and back")),
                Operands.of("NUMBER", 1, 1),
                List.of(ENVIRONMENT, NO_WAIT),
                EXITS);
    }

    static CommandSyntax store() {
        return new CommandSyntax(
                CommandName.STORE.word(),
                "forget old generations, and take out of the store what no generation, no save and no environment needs",
                List.of(
                        new Example("blast store gc --dry-run", "what would go, with figures"),
                        new Example(
                                "blast store gc",
                                "keeps the last 50 and all of 90 days; [history] keep and days in blast.toml say otherwise")),
                Operands.of("gc", 1, 1, "gc"),
                List.of(
                        flag("say what would go, and remove nothing", "--dry-run"),
                        flag(
                                "forget the histories of all projects whose folder is gone; else those that have had no change for as long as generations are kept",
                                "--gone"),
                        NO_WAIT),
                List.of(
                        "1   a history or a save cannot be read, and may name all of it: nothing is removed",
                        "4   another command uses the store or an environment"));
    }
}
