package dev.blast.cli.report;

import dev.blast.packaging.Visible;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Position;
import dev.blast.rules.source.Severity;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Findings as the lines by which a step of GitHub Actions annotates files, see <a
 * href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions">workflow
 * commands</a>.
 */
public final class GithubCommands {
    private GithubCommands() {}

    /**
     * One line for each.
     *
     * @param file the place of a file below the root of the repository, by the name that people
     *     call it
     */
    public static String of(List<Diagnostic> diagnostics, UnaryOperator<String> file) {
        var text = new StringBuilder();
        diagnostics.forEach(it -> text.append(line(it, file.apply(it.file()))).append('\n'));
        return text.toString();
    }

    /** Columns are understood only where begin and end are on one line. */
    private static String line(Diagnostic it, String file) {
        Position begin = it.begin();
        Position end = it.end();
        var out = new StringBuilder(it.severity() == Severity.ERROR ? "::error " : "::warning ");
        out.append("file=").append(property(file));
        out.append(",line=").append(begin.line()).append(",endLine=").append(end.line());
        if (begin.line() == end.line()) {
            out.append(",col=").append(begin.column());
            out.append(",endColumn=").append(end.column());
        }
        out.append(",title=").append(property(it.code().word())).append("::");
        out.append(data(Visible.of(it.message())));
        it.help().forEach(help -> out.append("%0A").append(data(Visible.of(help))));
        return out.toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(Visible.of(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
