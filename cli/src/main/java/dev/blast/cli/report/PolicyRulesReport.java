package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.rules.RuleSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules in force, by the question they answer and by layer.
 *
 * @param revision names the content of all files
 * @param files of all layers
 */
public record PolicyRulesReport(String revision, int files, List<RuleSummary> rules)
        implements Report {

    public PolicyRulesReport {
        rules = List.copyOf(rules);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append("policy ")
                .append(revision)
                .append(": ")
                .append(Figures.count(rules.size(), "rule"));
        text.append(" in ").append(Figures.count(files, "file")).end();
        byQuestion()
                .forEach((question, answering) -> {
                    text.end().append(palette.strong(question)).end();
                    var table = new TextTable("  ");
                    answering.forEach(rule -> add(table, rule));
                    text.lines(table.text());
                });
        return text.toString();
    }

    /** What it does stands in the last column, a verb each line: it may be long. */
    private static void add(TextTable table, RuleSummary rule) {
        String off = rule.inForce() ? "" : "off, not trusted: ";
        table.row(
                word(rule.layer()),
                rule.name(),
                rule.origin().toString(),
                off + rule.verbs().getFirst());
        rule.verbs().stream().skip(1).forEach(verb -> table.row("", "", "", verb));
    }

    private Map<String, List<RuleSummary>> byQuestion() {
        var byQuestion = new LinkedHashMap<String, List<RuleSummary>>();
        for (RuleSummary rule : rules) {
            byQuestion.merge(rule.question(), List.of(rule), PolicyRulesReport::joined);
        }
        return byQuestion;
    }

    private static List<RuleSummary> joined(List<RuleSummary> before, List<RuleSummary> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }

    private static String word(Enum<?> constant) {
        return word(constant.name());
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("revision", revision)
                .with("files", files)
                .with("rules", rules, PolicyRulesReport::json);
    }

    static JsonObject json(RuleSummary rule) {
        return new JsonObject()
                .with("question", rule.question())
                .with("layer", rule.layer())
                .with("name", rule.name())
                .with("file", rule.origin().file())
                .with("line", rule.origin().line())
                .with("reason", rule.reason())
                .with("does", rule.verbs())
                .with("opens", rule.opens())
                .with("inForce", rule.inForce());
    }
}
