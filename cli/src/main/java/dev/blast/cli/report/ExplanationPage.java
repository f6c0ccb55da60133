package dev.blast.cli.report;

import dev.blast.rules.compare.ChangeText;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanation.Because;
import dev.blast.rules.explain.Explanation.Looked;
import dev.blast.rules.explain.Explanation.Remedy;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.TracedRule;
import dev.blast.rules.explain.TracedRule.Node;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Markup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Why something is allowed or not, to look at: the verdict, who decided, every rule that speaks
 * about it as a tree, the facts that were looked at, and what would turn it.
 *
 * @param paths where policy files lie that people call by a short name
 * @param from where a fact came from, in words
 * @param effect what policies that are changed so mean otherwise; empty where they do not load
 */
public record ExplanationPage(
        Explanation explanation,
        List<String> notes,
        Map<String, String> paths,
        Function<Looked, String> from,
        Function<Remedy, Optional<PolicyChange>> effect)
        implements Picture {
    /** Deeper constraints stand no further to the right. */
    private static final int DEEPEST = 5;

    @Override
    public Optional<Drawing> drawing() {
        return Optional.empty();
    }

    @Override
    public String html() {
        return PageFrame.of(
                explanation.verdict() + ": " + explanation.asked(),
                "by policy " + explanation.revision() + ", " + how(),
                List.of(),
                List.of(why(), ways(), trace(), facts()));
    }

    private String how() {
        int deciding = explanation.judgement().deciding().size();
        return explanation.judgement().failure() != null
                ? explanation.judgement().failure()
                : deciding == 0
                        ? "by default: no rule answers"
                        : deciding == 1 ? "by one rule" : "by " + deciding + " rules";
    }

    private Markup why() {
        var text = new Markup().open("section").line();
        text.element("h2", "Why").line();
        if (explanation.because().isEmpty()) {
            text.element("p", how()).line();
        }
        for (Because because : explanation.because()) {
            reason(text, because.reason(), because.reason().text());
            if (!because.matched().isEmpty()) {
                text.open("ul").line();
                because.matched()
                        .forEach(
                                (field, value) -> text.element("li", field + " = " + value).line());
                text.close("ul").line();
            }
        }
        explanation.judgement().overridden().forEach(it -> reason(text, it, "overridden"));
        explanation.judgement().warnings().forEach(it -> reason(text, it, it.text()));
        explanation
                .judgement()
                .untrusted()
                .forEach(it -> reason(text, it, "would allow, not trusted"));
        notes.forEach(note -> text.element("p", note, "class", "hint").line());
        return text.close("section").line();
    }

    private void reason(Markup text, Reason reason, String words) {
        text.open("p").element("b", ExplanationText.named(opened(reason)));
        if (!words.isEmpty()) {
            text.text(": " + words);
        }
        text.close("p").line();
    }

    /** With the path by which an editor opens its file. */
    private Reason opened(Reason it) {
        return new Reason(opened(it.origin()), it.rule(), it.layer(), it.verb(), it.text());
    }

    private Origin opened(Origin it) {
        return new Origin(paths.getOrDefault(it.file(), it.file()), it.line(), it.column());
    }

    private Markup ways() {
        var text = new Markup().open("section").line();
        text.element("h2", "What turns it").line();
        if (!explanation.obstacle().isEmpty()) {
            text.element("p", "Nothing does: " + explanation.obstacle()).line();
        } else if (explanation.remedies().isEmpty()) {
            text.element("p", "Nothing has to.").line();
        } else {
            text.element("p", "Each way was made, and the question asked again.", "class", "hint");
            text.line().open("ol").line();
            explanation.remedies().forEach(remedy -> way(text, remedy));
            text.close("ol").line();
        }
        return text.close("section").line();
    }

    /** The same words as in the text, which are what a person does, and what comes of it. */
    private void way(Markup text, Remedy remedy) {
        text.open("li").element("b", "becomes " + remedy.becomes());
        preformatted(text, ExplanationText.steps(remedy));
        String opens =
                effect.apply(remedy)
                        .map(change -> new ChangeText(change, ChangeText.Heading.PLAIN).opens())
                        .orElse("");
        if (!opens.isEmpty()) {
            text.element("p", "Where the policy is changed so, this opens:", "class", "hint");
            preformatted(text, opens);
        }
        text.close("li").line();
    }

    private static void preformatted(Markup text, String lines) {
        text.open("pre");
        lines.lines().forEach(line -> text.text(line).line());
        text.close("pre");
    }

    private Markup trace() {
        var text = new Markup().open("section").line();
        text.element("h2", "Every rule that speaks about it").line();
        if (explanation.trace().isEmpty()) {
            text.element("p", "None does.").line();
        }
        for (TracedRule rule : explanation.trace()) {
            text.open("h3").text("rule \"" + rule.rule() + "\" ");
            text.element("small", place(rule.origin()) + ", " + ExplanationText.came(rule));
            text.close("h3").line();
            text.open("div", "class", "wide").open("table", "class", "tree").line();
            text.open("tbody").line();
            for (int at = 0; at < rule.ways().size(); at++) {
                if (rule.ways().size() > 1) {
                    text.open("tr").element("td", "");
                    text.element("td", "");
                    text.element("td", "way %d of %d".formatted(at + 1, rule.ways().size()));
                    text.element("td", "").close("tr").line();
                }
                rule.ways().get(at).forEach(node -> node(text, node, 0));
            }
            text.close("tbody").close("table").close("div").line();
            text.element("p", "then " + String.join("; ", rule.says())).line();
        }
        return text.close("section").line();
    }

    private static void node(Markup text, Node node, int depth) {
        boolean untried = node.holds() == null;
        boolean holds = Objects.equals(node.holds(), true);
        text.open("tr")
                .element("td", untried ? "?" : holds ? "TRUE" : "FALSE", "class", truth(node));
        text.element("td", node.origin().line() + ":" + node.origin().column());
        text.open("td").element("code", node.text(), "class", "in" + Math.min(depth, DEEPEST));
        text.close("td").element("td", node.actual()).close("tr").line();
        node.parts().forEach(part -> node(text, part, depth + 1));
    }

    private static String truth(Node node) {
        return node.holds() == null ? "untried" : node.holds() ? "true" : "false";
    }

    private String place(Origin origin) {
        Origin it = opened(origin);
        return "%s:%d:%d".formatted(it.file(), it.line(), it.column());
    }

    private Markup facts() {
        var text = new Markup().open("section").line();
        text.element("h2", "The facts that these rules look at").line();
        text.open("div", "class", "wide").open("table", "class", "rows").line().open("thead");
        HtmlTable.row(text, "th", List.of("fact", "value", "where it comes from", "what it says"));
        text.close("thead").open("tbody").line();
        for (Looked fact : explanation.facts()) {
            text.open("tr").element("th", fact.fact() + "." + fact.field(), "scope", "row");
            text.element("td", fact.value()).element("td", from.apply(fact));
            text.element("td", fact.meaning()).close("tr").line();
        }
        return text.close("tbody").close("table").close("div").line().close("section").line();
    }
}
