package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.TracedRule;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A verdict with its reasons, its near misses, and what would turn it.
 *
 * @param notes what else a person has to know who relies on the verdict
 * @param trace whether every rule that speaks about it is shown as well
 * @param paths where policy files lie, by the names that people call them
 */
public record ExplanationReport(
        Explanation explanation, List<String> notes, boolean trace, Map<String, String> paths)
        implements Report {
    /** Files that lie where nobody would look are called by their paths. */
    private static final String SHIPPED = "shipped ";

    public ExplanationReport {
        notes = List.copyOf(notes);
        paths = Map.copyOf(paths);
    }

    /** A text in which shipped files are called by the paths that an editor opens. */
    static String opened(String text, Map<String, String> paths) {
        String opened = text;
        for (Map.Entry<String, String> file : paths.entrySet()) {
            if (file.getKey().startsWith(SHIPPED)) {
                opened = opened.replace(file.getKey() + ":", file.getValue() + ":");
            }
        }
        return opened;
    }

    @Override
    public String text(Palette palette) {
        var text = new Page().lines(ExplanationText.render(explanation).stripTrailing());
        notes.forEach(note -> text.end().append("note       ").append(note));
        text.end();
        if (trace) {
            text.lines(ExplanationText.trace(explanation));
        }
        return opened(text.toString(), paths);
    }

    @Override
    public JsonObject json() {
        Judgement judgement = explanation.judgement();
        JsonObject json =
                new JsonObject()
                        .with("asked", explanation.asked())
                        .with("verdict", explanation.verdict())
                        .with("outcome", judgement.outcome())
                        .with("byDefault", judgement.byDefault())
                        .with("failure", judgement.failure())
                        .with("policy", explanation.revision())
                        .with("deciding", explanation.because(), ExplanationReport::json)
                        .with("overridden", judgement.overridden(), ExplanationReport::json)
                        .with("warnings", judgement.warnings(), ExplanationReport::json)
                        .with("untrusted", judgement.untrusted(), ExplanationReport::json)
                        .with("nearMisses", explanation.nearMisses(), ExplanationReport::json)
                        .with("changes", explanation.remedies(), ExplanationReport::json)
                        .with("obstacle", explanation.obstacle())
                        .with("notes", notes)
                        .with("files", files(paths));
        return trace ? json.with("trace", explanation.trace(), ExplanationReport::json) : json;
    }

    static JsonObject files(Map<String, String> paths) {
        var files = new JsonObject();
        new TreeMap<>(paths).forEach(files::with);
        return files;
    }

    private static JsonObject json(TracedRule rule) {
        return placed(rule.rule(), rule.layer(), rule.origin())
                .with("says", rule.says())
                .with("answers", rule.answers())
                .with("counts", rule.counts())
                .with(
                        "ways",
                        rule.ways(),
                        way -> new JsonObject().with("conditions", way, ExplanationReport::json));
    }

    private static JsonObject json(TracedRule.Node node) {
        var json =
                new JsonObject()
                        .with("condition", node.text())
                        .with("line", node.origin().line())
                        .with("column", node.origin().column());
        json =
                node.holds() == null
                        ? json.with("holds", (String) null)
                        : json.with("holds", node.holds());
        return json.with("actual", node.actual())
                .with("parts", node.parts(), ExplanationReport::json);
    }

    private static JsonObject placed(String rule, Layer layer, Origin origin) {
        return new JsonObject()
                .with("rule", rule)
                .with("layer", layer)
                .with("file", origin.file())
                .with("line", origin.line())
                .with("column", origin.column());
    }

    private static JsonObject json(Explanation.Because because) {
        var matched = new JsonObject();
        because.matched().forEach((field, value) -> matched.with(field, value));
        return json(because.reason()).with("matched", matched);
    }

    static JsonObject json(Reason reason) {
        return placed(reason.rule(), reason.layer(), reason.origin())
                .with("verb", reason.verb())
                .with("text", reason.text());
    }

    private static JsonObject json(Explanation.NearMiss miss) {
        return placed(miss.rule(), miss.layer(), miss.origin())
                .with("constraints", miss.constraints(), ExplanationReport::json);
    }

    private static JsonObject json(Explanation.Tried tried) {
        return new JsonObject()
                .with("constraint", tried.constraint())
                .with("line", tried.origin().line())
                .with("column", tried.origin().column())
                .with("holds", tried.holds())
                .with("actual", tried.actual());
    }

    private static JsonObject json(Explanation.Remedy remedy) {
        return new JsonObject()
                .with("becomes", remedy.becomes().toLowerCase(Locale.ROOT))
                .with("steps", remedy.changes(), ExplanationReport::json);
    }

    private static JsonObject json(Explanation.Change change) {
        var json = new JsonObject();
        return switch (change) {
            case Explanation.Change.OtherFact(
                            String field,
                            String from,
                            String to,
                            String how,
                            Origin rule) ->
                    json.with("kind", "other fact")
                            .with("how", how)
                            .with("field", field)
                            .with("from", from)
                            .with("to", to)
                            .with("rule", rule.toString());
            case Explanation.Change.Trust(List<Reason> rules, List<Reason> besides) ->
                    json.with("kind", "trust")
                            .with("rules", rules, ExplanationReport::json)
                            .with("besides", besides, ExplanationReport::json);
            case Explanation.Change.AddRule(String file, String rule) ->
                    json.with("kind", "add rule").with("file", file).with("rule", rule);
            case Explanation.Change.WithoutRule(Reason rule, boolean withFile) ->
                    json.with("kind", "without rule")
                            .with("rule", json(rule))
                            .with("withFile", withFile);
            case Explanation.Change.MakeFile(Path path) ->
                    json.with("kind", "make file").with("path", path.toString());
        };
    }
}
