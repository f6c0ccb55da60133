package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.util.List;

/**
 * A verdict with its reasons, its near misses, and what would turn it.
 *
 * @param notes what else a person has to know who relies on the verdict
 */
public record ExplanationReport(Explanation explanation, List<String> notes) implements Report {

    public ExplanationReport {
        notes = List.copyOf(notes);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page().lines(ExplanationText.render(explanation).stripTrailing());
        notes.forEach(note -> text.end().append("note       ").append(note));
        return text.end().toString();
    }

    @Override
    public JsonObject json() {
        Judgement judgement = explanation.judgement();
        return new JsonObject()
                .with("asked", explanation.asked())
                .with("outcome", judgement.outcome())
                .with("byDefault", judgement.byDefault())
                .with("failure", judgement.failure())
                .with("policy", explanation.revision())
                .with("deciding", explanation.because(), ExplanationReport::json)
                .with("overridden", judgement.overridden(), ExplanationReport::json)
                .with("warnings", judgement.warnings(), ExplanationReport::json)
                .with("untrusted", judgement.untrusted(), ExplanationReport::json)
                .with("nearMisses", explanation.nearMisses(), ExplanationReport::json)
                .with("changes", explanation.changes(), ExplanationReport::json)
                .with("notes", notes);
    }

    private static JsonObject json(Explanation.Because because) {
        var matched = new JsonObject();
        because.matched().forEach((field, value) -> matched.with(field, value));
        return json(because.reason()).with("matched", matched);
    }

    static JsonObject json(Reason reason) {
        return new JsonObject()
                .with("rule", reason.rule())
                .with("layer", reason.layer())
                .with("file", reason.origin().file())
                .with("line", reason.origin().line())
                .with("verb", reason.verb())
                .with("text", reason.text());
    }

    private static JsonObject json(Explanation.NearMiss miss) {
        return new JsonObject()
                .with("rule", miss.rule())
                .with("layer", miss.layer())
                .with("file", miss.origin().file())
                .with("line", miss.origin().line())
                .with("constraints", miss.constraints(), ExplanationReport::json);
    }

    private static JsonObject json(Explanation.Tried tried) {
        return new JsonObject()
                .with("constraint", tried.constraint())
                .with("line", tried.origin().line())
                .with("holds", tried.holds())
                .with("actual", tried.actual());
    }

    private static JsonObject json(Explanation.Change change) {
        var json = new JsonObject().with("becomes", change.becomes());
        return switch (change) {
            case Explanation.Change.OtherFact(String field, String from, String to, var rule, _) ->
                    json.with("kind", "other fact")
                            .with("field", field)
                            .with("from", from)
                            .with("to", to)
                            .with("rule", rule.toString());
            case Explanation.Change.Trust(List<Reason> rules, _) ->
                    json.with("kind", "trust").with("rules", rules, ExplanationReport::json);
            case Explanation.Change.AddRule(String file, String rule, _) ->
                    json.with("kind", "add rule").with("file", file).with("rule", rule);
            case Explanation.Change.WithoutRule(Reason rule, _) ->
                    json.with("kind", "without rule").with("rule", json(rule));
        };
    }
}
