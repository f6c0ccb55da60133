package dev.blast.cli.editor;

import dev.blast.packaging.Visible;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Severity;
import dev.blast.rules.source.Span;
import dev.blast.rules.trial.TestReport;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.Range;

/** Findings as an editor shows them. */
final class Marks {
    private static final String SOURCE = "blast";

    /** What stands at a place of a test file. */
    private static final Pattern PIECE =
            Pattern.compile(
                    "\\G(?:\\[\\[[^\\n\\]]*]]|\"(?:[^\"\\\\\\n]|\\\\.)*\"|[\\w.-]+|[^\\s])");

    private Marks() {}

    static Range range(dev.blast.rules.source.Diagnostic found, DocumentText text) {
        return text.range(new Span(text.offset(found.begin()), text.offset(found.end())));
    }

    static Diagnostic of(dev.blast.rules.source.Diagnostic found, DocumentText text) {
        var said = new StringBuilder(Visible.of(found.message()));
        found.help().forEach(help -> said.append('\n').append(Visible.of(help)));
        var mark = new Diagnostic(range(found, text), said.toString());
        mark.setSeverity(
                found.severity() == Severity.ERROR
                        ? DiagnosticSeverity.Error
                        : DiagnosticSeverity.Warning);
        mark.setCode(found.code().word());
        mark.setSource(SOURCE);
        if (isIdle(found.code())) {
            mark.setTags(List.of(DiagnosticTag.Unnecessary));
        }
        return mark;
    }

    /** Whether it is about what could as well not be there. */
    private static boolean isIdle(Code code) {
        return switch (code) {
            case NEVER_FIRES, SHADOWED, NEVER_COUNTS -> true;
            default -> false;
        };
    }

    static Diagnostic of(TestReport.Failure found, DocumentText text) {
        int begin = text.offset(new dev.blast.rules.source.Position(found.line(), found.column()));
        Matcher piece = PIECE.matcher(text.text());
        int end = piece.find(begin) ? piece.end() : begin;
        var mark = new Diagnostic(text.range(new Span(begin, end)), Visible.of(found.message()));
        mark.setSeverity(DiagnosticSeverity.Error);
        mark.setSource(SOURCE);
        return mark;
    }
}
