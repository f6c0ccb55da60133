package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;
import static dev.blast.cli.syntax.SharedOptions.ENVIRONMENT;
import static dev.blast.cli.syntax.SharedOptions.NO_WAIT;
import static dev.blast.cli.syntax.SharedOptions.PYTHON;

import java.util.List;

/** The commands that keep what an environment is, and put it here or elsewhere. */
final class SaveSyntax {
    private SaveSyntax() {}

    static CommandSyntax save() {
        return new CommandSyntax(
                CommandName.SAVE.word(),
                "keep what the environment is under a name, or in a file for another machine",
                List.of(
                        new Example(
                                "blast save before-upgrade",
                                "its files stay in the store; blast list saves shows it"),
                        new Example(
                                "blast save before-upgrade --file shop.blast",
                                "everything inside one file, which loads without a network")),
                Operands.of("NAME", 1, 1),
                List.of(
                        one(
                                "FILE",
                                "write it into this file with all that it holds, and not under its name",
                                "--file"),
                        flag("replace the save, or the file, of that name", "--overwrite"),
                        ENVIRONMENT,
                        NO_WAIT),
                List.of(
                        "1   there is no environment, there is a save of that name, or it cannot travel",
                        "4   somebody else holds the environment"));
    }

    static CommandSyntax load() {
        return new CommandSyntax(
                CommandName.LOAD.word(),
                "make the environment what was saved, without a network; blast undo takes it back",
                List.of(
                        new Example(
                                "blast load before-upgrade",
                                "the environment of this folder, file for file what it was"),
                        new Example(
                                "blast load shop.blast --path ~/src/shop",
                                "from a file: checked to the last byte, judged by the rules here, then laid out"),
                        new Example(
                                "blast load before-upgrade --python 3.13 --resolve",
                                "the same for another Python, as near as it goes")),
                Operands.of("NAME|FILE", 1, 1),
                List.of(
                        one("DIR", "the project's folder, instead of this one", "--path"),
                        PYTHON,
                        flag(
                                "where it is for another Python or platform: choose anew, with the network, as a sync does; versions that fit stay where they can",
                                "--resolve"),
                        flag("take the save's lock in place of the one here", "--overwrite-lock"),
                        ENVIRONMENT,
                        NO_WAIT),
                List.of(
                        "1   there is no such save, it is for another Python or platform, or the rules refuse what is in it",
                        "3   --resolve: no set of versions satisfies what is asked for",
                        "4   somebody else holds the environment"));
    }
}
