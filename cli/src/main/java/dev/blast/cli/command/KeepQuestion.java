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
import dev.blast.packaging.Message;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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
    private boolean hasAsked;

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
     * Shows what was done, and keeps what is to be kept; where that fails, a person is asked again,
     * and else it is left where it is. False where the changes could not be written to their file,
     * which is said.
     */
    boolean settle(ProjectCopy copy) throws EnvironmentException {
        boolean keepsNothing = answer.equals("none") && named.isEmpty();
        while (true) {
            try {
                return settled(copy);
            } catch (EnvironmentException e) {
                if (keepsNothing || copy.isUnsettled()) {
                    throw e;
                }
                if (!hasAsked) {
                    throw left(copy, e);
                }
                console.explain("blast: " + Message.of(e) + "\n");
                hasAsked = false;
            }
        }
    }

    private static EnvironmentException left(ProjectCopy copy, EnvironmentException e)
            throws EnvironmentException {
        Path written = copy.leave();
        return new EnvironmentException(
                Message.of(
                        "%s\nwhat the program wrote is left in %s; take of it what you need, and remove %s",
                        Message.of(e), written, copy.plan().place()),
                e);
    }

    private boolean settled(ProjectCopy copy) throws EnvironmentException {
        List<CopyChange> changes = copy.changes();
        var rows = new ArrayList<ChangesReport.Row>();
        for (CopyChange change : changes) {
            rows.add(new ChangesReport.Row(change, copy.lines(change).orElse(null)));
        }
        var report = new ChangesReport(rows, Set.of());
        boolean asks = asks(changes);
        Consumer<String> voice = asks ? line -> console.explain(line + "\n") : console::say;
        voice.accept("blast: " + report.summary());
        report.text(console.resultPalette()).lines().forEach(voice);
        List<CopyChange> chosen = changes.isEmpty() ? List.of() : chosen(changes, asks);
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

    private boolean asks(List<CopyChange> changes) {
        if (!answer.equals("ask") || changes.stream().noneMatch(CopyChange::canBeKept)) {
            return false;
        }
        if (!invocation.terminal().input() || !invocation.terminal().diagnosis()) {
            console.say(
                    "blast: nobody is at a terminal to be asked; %s all keeps all of it, %s PATH a part"
                            .formatted(KEEP, PATH));
            return false;
        }
        return true;
    }

    private List<CopyChange> chosen(List<CopyChange> changes, boolean asks) {
        if (!asks) {
            return KeptChoice.of(changes, answer.equals("all"), named);
        }
        hasAsked = true;
        Said said = Said.of(console, System.in);
        var paths = new TreeSet<Path>(named);
        paths.addAll(said.paths());
        return KeptChoice.of(changes, said.all(), paths);
    }

    /**
     * What a person answers, this once.
     *
     * @param all whether everything is kept that need not be named
     */
    record Said(boolean all, Set<Path> paths) {
        static Said of(Console console, InputStream in) {
            String word =
                    Prompt.answer(console, in, "keep [a]ll of it, [s]ome or [N]one?")
                            .toLowerCase(Locale.ROOT);
            var paths = new TreeSet<Path>();
            if (word.equals("s") || word.equals("some")) {
                console.explain(
                        "paths to keep, one a line, a folder with all in it; an empty line ends\n");
                for (String path = Prompt.next(console, in, ">");
                        !path.isEmpty();
                        path = Prompt.next(console, in, ">")) {
                    try {
                        paths.add(relative(path));
                    } catch (Failure _) {
                        console.complain("'%s' is no path in the project".formatted(path));
                    }
                }
            }
            return new Said(word.equals("a") || word.equals("all"), paths);
        }
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
