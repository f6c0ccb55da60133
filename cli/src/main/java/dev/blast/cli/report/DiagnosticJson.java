package dev.blast.cli.report;

import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;

/** A finding about a policy file as an object of a JSON document. */
public final class DiagnosticJson {
    private DiagnosticJson() {}

    /** Lines and columns begin at 1, and columns count code points; the end is behind it. */
    public static JsonObject of(Diagnostic diagnostic) {
        Correction correction = diagnostic.correction();
        return new JsonObject()
                .with("code", diagnostic.code().word())
                .with("severity", diagnostic.severity())
                .with("file", diagnostic.file())
                .with("line", diagnostic.begin().line())
                .with("column", diagnostic.begin().column())
                .with("endLine", diagnostic.end().line())
                .with("endColumn", diagnostic.end().column())
                .with("message", diagnostic.message())
                .with("help", diagnostic.help())
                .with("correction", correction == null ? null : correction(correction));
    }

    private static JsonObject correction(Correction correction) {
        return new JsonObject()
                .with("line", correction.begin().line())
                .with("column", correction.begin().column())
                .with("endLine", correction.end().line())
                .with("endColumn", correction.end().column())
                .with("text", correction.text());
    }
}
