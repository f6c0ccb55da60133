package dev.blast.cli.terminal;

import dev.blast.packaging.Visible;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of a command and the manners on them: results go to stdout, everything else to
 * stderr; the line of progress gives way to whatever is written. Safe for use by several threads.
 */
public final class Console implements AutoCloseable {
    private final Output results;
    private final Output diagnosis;
    private final Verbosity verbosity;
    private final Palette resultPalette;
    private final ProgressLine progress;

    public Console(
            Output results,
            Output diagnosis,
            Terminal terminal,
            Map<String, String> environment,
            Verbosity verbosity,
            ColorChoice color) {
        this.results = results;
        this.diagnosis = diagnosis;
        this.verbosity = verbosity;
        this.resultPalette = color.paletteFor(terminal.output(), environment);
        boolean rewritten = terminal.diagnosis() && !ColorChoice.isDumb(environment);
        this.progress = new ProgressLine(diagnosis, verbosity, rewritten ? environment : null);
    }

    /** Writes a result as it is; the text ends its own lines. */
    public void answer(String text) {
        progress.clear();
        results.write(text);
    }

    /** Says one line that an impatient reader may miss: a warning, the next step. */
    public void say(String line) {
        if (verbosity != Verbosity.QUIET) {
            progress.clear();
            diagnosis.write(line.replace("\n", "\\n") + "\n");
        }
    }

    /** Says why there is no result, at its length; the text ends its own lines. */
    public void explain(String text) {
        progress.clear();
        diagnosis.write(text);
    }

    /** Says one line that is heard even under {@code --quiet}. */
    public void complain(String line) {
        progress.clear();
        diagnosis.write("blast: " + Visible.of(line) + "\n");
    }

    public ProgressLine progress() {
        return progress;
    }

    public Palette resultPalette() {
        return resultPalette;
    }

    /** Whether nothing that is only said is heard. */
    public boolean isQuiet() {
        return verbosity == Verbosity.QUIET;
    }

    public boolean isVerbose() {
        return verbosity == Verbosity.VERBOSE;
    }

    /** Why results could not be written, or null where they were or nobody was reading any more. */
    public @Nullable String failure() {
        return results.failure();
    }

    /** Takes the line of progress away. The streams stay open: they belong to the process. */
    @Override
    public void close() {
        progress.close();
    }
}
