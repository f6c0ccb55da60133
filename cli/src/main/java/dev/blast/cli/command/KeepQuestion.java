package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.ChangesReport;
import dev.blast.cli.report.Json;
import dev.blast.cli.terminal.Console;
import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Prompt;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.copy.CopyChange;
import dev.blast.environment.copy.KeptChoice;
import dev.blast.environment.copy.ProjectCopy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept of a throwaway copy: as was said before, or as a person says at the end. */
final class KeepQuestion {
    static final String KEEP = "--keep";
    static final String PATH = "--keep-path";
    static final String CHANGES = "--changes";

    private final Invocation invocation;
    private final Console console;
    private final String answer;
    private final Set<Path> named;
    private final @Nullable Path file;

    private KeepQuestion(
            Invocation invocation, String answer, Set<Path> named, @Nullable Path file) {
        this.invocation = invocation;
        this.console = invocation.console();
        this.answer = answer;
        this.named = named;
        this.file = file;
    }

    /** Empty where nobody asked for a throwaway copy. */
    static Optional<KeepQuestion> of(Invocation invocation) throws Failure {
        Optional<String> answer = invocation.arguments().value(KEEP);
        if (answer.isEmpty()) {
            for (String option : List.of(PATH, CHANGES)) {
                if (invocation.arguments().has(option)) {
                    throw new Failure(
                            Exit.USAGE, "%s goes with %s ask, all or none".formatted(option, KEEP));
                }
            }
            return Optional.empty();
        }
        var named = new TreeSet<Path>();
        for (String path : invocation.arguments().values(PATH)) {
            named.add(relative(path));
        }
        Optional<String> changes = invocation.arguments().value(CHANGES);
        return Optional.of(
                new KeepQuestion(
                        invocation,
                        answer.get(),
                        named,
                        changes.isEmpty()
                                ? null
                                : PictureFiles.place(CHANGES, changes.get(), invocation)));
    }

    private static Path relative(String path) throws Failure {
        try {
            Path relative = Path.of(path).normalize();
            if (!relative.isAbsolute()
                    && !relative.startsWith("..")
                    && !relative.toString().isEmpty()) {
                return relative;
            }
        } catch (InvalidPathException _) {
            // said below
        }
        throw new Failure(Exit.USAGE, "%s: '%s' is no path in the project".formatted(PATH, path));
    }

    /**
     * Shows what was done, and keeps what is to be kept. False where that failed, which is said.
     */
    boolean settle(ProjectCopy copy) throws EnvironmentException {
        List<CopyChange> changes = copy.changes();
        var rows = new ArrayList<ChangesReport.Row>();
        for (CopyChange change : changes) {
            rows.add(new ChangesReport.Row(change, copy.lines(change).orElse(null)));
        }
        var report = new ChangesReport(rows, Set.of());
        console.say("blast: " + report.summary());
        report.text(console.resultPalette()).lines().forEach(console::say);
        List<CopyChange> chosen =
                changes.isEmpty() ? List.of() : KeptChoice.of(changes, all(changes), named);
        copy.keep(chosen);
        if (!changes.isEmpty()) {
            console.say("blast: " + kept(chosen, changes));
        }
        return isWritten(
                new ChangesReport(
                        rows,
                        chosen.stream()
                                .map(it -> it.path().toString())
                                .collect(Collectors.toSet())));
    }

    private static String kept(List<CopyChange> chosen, List<CopyChange> changes) {
        if (chosen.isEmpty()) {
            return "nothing of it is kept";
        }
        return chosen.size() == changes.size()
                ? "all of it is kept"
                : "%s of %s kept"
                        .formatted(
                                Figures.count(chosen.size()),
                                Figures.count(changes.size(), "change"));
    }

    /** Whether everything that need not be named is kept; asks, and adds what is named. */
    private boolean all(List<CopyChange> changes) {
        if (!answer.equals("ask")) {
            return answer.equals("all");
        }
        if (changes.stream().noneMatch(CopyChange::canBeKept)) {
            return false;
        }
        if (!invocation.terminal().input() || !invocation.terminal().diagnosis()) {
            console.say(
                    "blast: nobody is at a terminal to be asked; %s all keeps all of it, %s PATH a part"
                            .formatted(KEEP, PATH));
            return false;
        }
        String word =
                Prompt.answer(console, System.in, "keep [a]ll of it, [s]ome or [N]one?")
                        .toLowerCase(Locale.ROOT);
        if (word.equals("s") || word.equals("some")) {
            console.explain(
                    "paths to keep, one a line, a folder with all in it; an empty line ends\n");
            for (String path = Prompt.answer(console, System.in, ">");
                    !path.isEmpty();
                    path = Prompt.answer(console, System.in, ">")) {
                try {
                    named.add(relative(path));
                } catch (Failure _) {
                    console.complain("'%s' is no path in the project".formatted(path));
                }
            }
        }
        return word.equals("a") || word.equals("all");
    }

    private boolean isWritten(ChangesReport report) {
        if (file == null) {
            return true;
        }
        try {
            PictureFiles.write(CHANGES, file, Json.document("changes", report.json()));
            console.say("written: " + file);
            return true;
        } catch (Failure e) {
            console.complain(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
