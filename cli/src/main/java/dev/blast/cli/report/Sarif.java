package dev.blast.cli.report;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Position;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Findings as a log of the <a
 * href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">Static Analysis Results
 * Interchange Format</a>, version 2.1.0, which editors and code hosts read.
 */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** By custom the root of the sources. */
    private static final String ROOT = "%SRCROOT%";

    private final URI root;
    private final UnaryOperator<String> uri;
    private final List<Code> codes;

    private Sarif(URI root, UnaryOperator<String> uri, List<Code> codes) {
        this.root = root;
        this.uri = uri;
        this.codes = codes;
    }

    /**
     * One document.
     *
     * @param root the folder that relative addresses begin at
     * @param uri the address of a file, by the name that people call it
     */
    public static String of(
            List<Diagnostic> diagnostics, String version, URI root, UnaryOperator<String> uri) {
        var used = new TreeSet<Code>();
        diagnostics.forEach(it -> used.add(it.code()));
        var sarif = new Sarif(root, uri, List.copyOf(used));
        return Json.document(
                new JsonObject()
                        .with("$schema", SCHEMA)
                        .with("version", "2.1.0")
                        .with("runs", List.of(diagnostics), it -> sarif.run(it, version)));
    }

    private JsonObject run(List<Diagnostic> diagnostics, String version) {
        JsonObject driver =
                new JsonObject()
                        .with("name", "blast")
                        .with("version", version)
                        .with("rules", codes, Sarif::rule);
        return new JsonObject()
                .with("tool", new JsonObject().with("driver", driver))
                .with("columnKind", "unicodeCodePoints")
                .with(
                        "originalUriBaseIds",
                        new JsonObject().with(ROOT, new JsonObject().with("uri", root.toString())))
                .with("results", diagnostics, this::result);
    }

    private static JsonObject rule(Code code) {
        String law = sentence(code.law());
        return new JsonObject()
                .with("id", code.word())
                .with("shortDescription", text(law))
                .with("help", text(law + " See " + code.word() + " in docs/diagnostics.md."))
                .with("defaultConfiguration", new JsonObject().with("level", level(code)));
    }

    private JsonObject result(Diagnostic it) {
        var message = new ArrayList<String>(List.of(it.message()));
        message.addAll(it.help());
        JsonObject physical =
                new JsonObject()
                        .with("artifactLocation", file(it))
                        .with("region", region(it.begin(), it.end()));
        JsonObject result =
                new JsonObject()
                        .with("ruleId", it.code().word())
                        .with("ruleIndex", codes.indexOf(it.code()))
                        .with("level", level(it.code()))
                        .with("message", text(String.join("\n", message)))
                        .with(
                                "locations",
                                List.of(physical),
                                place -> new JsonObject().with("physicalLocation", place));
        Correction correction = it.correction();
        return correction == null
                ? result
                : result.with("fixes", List.of(correction), fix -> fix(it, fix));
    }

    private JsonObject fix(Diagnostic it, Correction correction) {
        JsonObject replacement =
                new JsonObject()
                        .with("deletedRegion", region(correction.begin(), correction.end()))
                        .with("insertedContent", text(correction.text()));
        JsonObject change =
                new JsonObject()
                        .with("artifactLocation", file(it))
                        .with("replacements", List.of(replacement), same -> same);
        String does =
                correction.text().isEmpty() ? "take it out" : "write " + correction.text().strip();
        return new JsonObject()
                .with("description", text(does))
                .with("artifactChanges", List.of(change), same -> same);
    }

    private JsonObject file(Diagnostic it) {
        String address = uri.apply(it.file());
        var file = new JsonObject().with("uri", address);
        return address.contains(":") ? file : file.with("uriBaseId", ROOT);
    }

    private static JsonObject region(Position begin, Position end) {
        return new JsonObject()
                .with("startLine", begin.line())
                .with("startColumn", begin.column())
                .with("endLine", end.line())
                .with("endColumn", end.column());
    }

    private static JsonObject text(String text) {
        return new JsonObject().with("text", text);
    }

    private static String level(Code code) {
        return switch (code.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
