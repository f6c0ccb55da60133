package dev.blast.cli.command;

import dev.blast.cli.terminal.Figures;
import dev.blast.enforcer.spawn.TemporaryRemains.Remains;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.vocabulary.Quoted;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people are told of files that are gone with their sandbox: the program wrote them. */
final class RemainsLine {
    /** Characters of a path. */
    private static final int SHOWN = 160;

    private RemainsLine() {}

    /** A line; none where nothing is left. */
    static Optional<String> of(Remains remains) {
        if (remains.files() == 0) {
            return Optional.empty();
        }
        String first =
                remains.first().stream().map(RemainsLine::shown).collect(Collectors.joining(", "));
        long more = remains.files() - remains.first().size();
        String size = Figures.size(remains.bytes());
        String files =
                remains.files() == 1 && remains.all()
                        ? "%s (%s) is gone: it lay in a temporary folder".formatted(first, size)
                        : "%s%s of %s (%s) %s"
                                .formatted(
                                        remains.all() ? "" : "at least ",
                                        Figures.count(remains.files(), "file"),
                                        size,
                                        more == 0
                                                ? first
                                                : "%s and %s more"
                                                        .formatted(first, Figures.count(more)),
                                        remains.files() == 1
                                                ? "is gone: it lay in a temporary folder"
                                                : "are gone: they lay in temporary folders");
        return Optional.of(
                "blast: %s of the sandbox; what is to stay belongs in the project, or in a folder that a rule makes writable( \"FOLDER\" )"
                        .formatted(files));
    }

    private static String shown(String path) {
        return Quoted.name(Excerpt.beginning(path, SHOWN));
    }
}
