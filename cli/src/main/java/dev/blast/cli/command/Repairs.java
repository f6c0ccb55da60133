package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.report.EditLines;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.project.AmendedFile;
import dev.blast.environment.project.AmendedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code --repair}: which way out, and what it writes. */
final class Repairs {
    private Repairs() {}

    /** The letter that is asked for; empty text where none is named, nothing without the option. */
    static Optional<String> letter(Arguments arguments) throws Failure {
        if (!arguments.has("--repair")) {
            return Optional.empty();
        }
        for (String other : List.of("--frozen", "--force")) {
            if (arguments.has(other)) {
                throw new Failure(
                        Exit.USAGE,
                        "--repair changes what the project asks for, and goes without " + other);
            }
        }
        String letter = arguments.value("--repair").orElse("").toUpperCase(Locale.ROOT);
        return Optional.of(letter);
    }

    static List<EditLines> edits(List<AmendedFile> files) {
        var edits = new ArrayList<EditLines>();
        for (AmendedFile file : files) {
            for (AmendedLines lines : file.lines()) {
                edits.add(new EditLines(file.file().toString(), lines));
            }
        }
        return edits;
    }
}
