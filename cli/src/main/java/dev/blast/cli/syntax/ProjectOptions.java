package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.each;
import static dev.blast.cli.syntax.Option.flag;

import java.util.ArrayList;
import java.util.List;

/** Options about what of a project is installed, and what besides. */
final class ProjectOptions {
    private static final List<Option> ALL =
            List.of(
                    each(
                            "FILE",
                            "also install what this requirements file asks for",
                            "-r",
                            "--requirement"),
                    each(
                            "FILE",
                            "which versions this requirements file lets in, if anything needs the package",
                            "-c",
                            "--constraint"),
                    each(
                            "NAME",
                            "install this dependency group and nothing else of the project",
                            "--only-group"),
                    flag("also install all dependency groups", "--all-groups"),
                    flag("also install all extras of the project", "--all-extras"),
                    flag("leave out the dependency group dev", "--no-dev"),
                    flag(
                            "leave out the groups that are installed where nobody asks",
                            "--no-default-groups"),
                    flag("install what the project needs, and not itself", "--no-project"),
                    each(
                            "KEY=VALUE",
                            "given to the build backends of all that is built",
                            "--config-settings"));

    private ProjectOptions() {}

    /** A command with these. */
    static CommandSyntax besides(CommandSyntax command) {
        var all = new ArrayList<>(command.options());
        all.addAll(ALL);
        return new CommandSyntax(
                command.name(),
                command.summary(),
                command.examples(),
                command.operands(),
                all,
                command.exits());
    }
}
