package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.each;
import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;

import java.util.ArrayList;
import java.util.List;

/** {@code blast add} and {@code blast remove}, which edit the project and sync. */
final class EditSyntax {
    /** Those of a sync that an edit needs, too. */
    private static final List<Option> OF_SYNC =
            List.of(
                    SharedOptions.STRATEGY,
                    SharedOptions.LIFT,
                    SharedOptions.DRY_RUN,
                    SharedOptions.EXPLAIN,
                    SharedOptions.OVERWRITE_LOCK,
                    SharedOptions.PYTHON,
                    SharedOptions.EXTRA,
                    SharedOptions.OVERRIDE,
                    SharedOptions.NO_BUILD,
                    SharedOptions.ONLY_BINARY,
                    SharedOptions.NO_BINARY,
                    SharedOptions.EXCLUDE_NEWER,
                    SharedOptions.PRERELEASE,
                    SharedOptions.INDEX,
                    SharedOptions.EXTRA_INDEX,
                    SharedOptions.INDEX_STRATEGY,
                    SharedOptions.OFFLINE,
                    SharedOptions.ENVIRONMENT,
                    SharedOptions.COMPILE,
                    SharedOptions.NO_WAIT);

    private static final Option NO_SYNC =
            flag(
                    "write the project's file alone: no versions are chosen, nothing is installed",
                    "--no-sync");

    private static final List<String> EXITS =
            List.of(
                    "1   refused by policy, or not possible: the message says what came back",
                    "3   no set of versions satisfies the project: its file is as it was",
                    "4   somebody else holds the environment");

    private EditSyntax() {}

    static CommandSyntax add() {
        var options =
                new ArrayList<>(
                        List.of(
                                flag("to the dependency group dev", "--dev"),
                                one("NAME", "to this dependency group", "--group"),
                                one("EXTRA", "to this extra of the project", "--optional"),
                                one(
                                        "MARKER",
                                        "only where this holds: \"sys_platform == 'linux'\"",
                                        "--marker"),
                                each(
                                        "DIR",
                                        "a folder that is read where it is, and not copied",
                                        "-e",
                                        "--editable"),
                                each(
                                        "FILE",
                                        "all that this requirements file asks for",
                                        "-r",
                                        "--requirements"),
                                flag(
                                        "write a bare name as it is typed, without the version that is chosen as its lower bound",
                                        "--raw"),
                                NO_SYNC));
        options.addAll(OF_SYNC);
        return new CommandSyntax(
                CommandName.ADD.word(),
                "ask for more: edit the project's file and sync, both or neither",
                List.of(
                        new Example(
                                "blast add requests 'django>=5,<6'",
                                "into pyproject.toml, or requirements.txt where that says what is needed"),
                        new Example("blast add --dev pytest", "into the dependency group dev"),
                        new Example(
                                "blast add ./libs/api 'lib @ git+https://example.org/lib@v2'",
                                "a folder, a repository"),
                        new Example(
                                "blast add httpx --dry-run",
                                "what would be written, and what would be installed")),
                Operands.of("REQUIREMENT…", 0, Integer.MAX_VALUE),
                options,
                EXITS);
    }

    static CommandSyntax remove() {
        var options =
                new ArrayList<>(
                        List.of(
                                flag("from the dependency group dev", "--dev"),
                                one("NAME", "from this dependency group", "--group"),
                                one("EXTRA", "from this extra of the project", "--optional"),
                                NO_SYNC));
        options.addAll(OF_SYNC);
        return new CommandSyntax(
                CommandName.REMOVE.word(),
                "ask for less: edit the project's file and sync, both or neither",
                List.of(
                        new Example("blast remove requests", "from where it stands"),
                        new Example(
                                "blast remove --dev pytest",
                                "from the dependency group dev, where it stands in others too")),
                Operands.of("NAME…", 1, Integer.MAX_VALUE),
                options,
                EXITS);
    }
}
