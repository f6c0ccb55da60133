package dev.blast.rules.explain;

import dev.blast.packaging.Visible;
import dev.blast.rules.explain.Explanation.Because;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.Explanation.NearMiss;
import dev.blast.rules.explain.Explanation.Tried;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.util.List;
import java.util.Map;

/** An explanation as text: the verdict first, then why, then what to do. Pure. */
public final class ExplanationText {
    /** The labels stand in a column of their own. */
    private static final String INDENT = " ".repeat(11);

    private final StringBuilder out = new StringBuilder();

    private ExplanationText() {}

    /** Ends with a line break. Nothing in it depends on a terminal. */
    public static String render(Explanation explanation) {
        var text = new ExplanationText();
        text.verdict(explanation);
        explanation.because().forEach(text::because);
        Judgement judgement = explanation.judgement();
        judgement
                .preferences()
                .forEach(it -> text.reason("points", it.reason(), "%+d".formatted(it.points())));
        judgement.overridden().forEach(it -> text.reason("overridden", it, it.text()));
        judgement.warnings().forEach(it -> text.reason("warning", it, it.text()));
        judgement
                .untrusted()
                .forEach(it -> text.reason("untrusted", it, "would allow, not trusted"));
        explanation.nearMisses().forEach(text::almost);
        explanation.changes().forEach(text::change);
        return text.out.toString();
    }

    private void verdict(Explanation it) {
        Judgement judgement = it.judgement();
        String how =
                judgement.failure() != null
                        ? judgement.failure()
                        : judgement.byDefault()
                                ? "by default, no rule answers"
                                : judgement.deciding().size() == 1
                                        ? byOne(judgement.deciding().getFirst())
                                        : "by " + judgement.deciding().size() + " rules";
        out.append(
                        Visible.of(
                                "%-7s  %s        %s        policy %s"
                                        .formatted(
                                                judgement.outcome(),
                                                it.asked(),
                                                how,
                                                it.revision())))
                .append('\n');
    }

    private static String byOne(Reason reason) {
        return reason.origin().line() == 0 ? "by " + reason.origin() : "by one rule";
    }

    private void because(Because because) {
        Reason reason = because.reason();
        labelled("because", named(reason));
        line("  " + reason.verb() + (reason.text().isEmpty() ? "" : ": " + reason.text()));
        for (Map.Entry<String, String> matched : because.matched().entrySet()) {
            line("  " + matched.getKey() + " = " + matched.getValue());
        }
    }

    private void reason(String label, Reason reason, String text) {
        labelled(label, named(reason));
        if (!text.isEmpty()) {
            line("  " + reason.verb() + ": " + text);
        }
    }

    /** A rule in its file, or what stands above the rules. */
    public static String named(Reason reason) {
        return reason.origin().line() == 0
                ? "%s: %s%s"
                        .formatted(
                                reason.origin(),
                                reason.rule(),
                                switch (reason.verb()) {
                                    case "hidden" -> ", whatever rules grant";
                                    case "readable" -> ", unless a rule names it";
                                    default -> "";
                                })
                : "rule \"%s\" %s".formatted(reason.rule(), reason.origin());
    }

    private void almost(NearMiss near) {
        labelled("almost", "rule \"%s\" %s".formatted(near.rule(), near.origin()));
        int width =
                near.constraints().stream()
                        .mapToInt(it -> it.constraint().length())
                        .max()
                        .orElse(0);
        for (Tried tried : near.constraints()) {
            String verdict = tried.holds() ? "TRUE" : "FALSE   " + tried.actual();
            line("  %s   %s".formatted(padded(tried.constraint(), width), verdict));
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private void change(Change change) {
        String checked = "checked: this decision becomes " + change.becomes();
        switch (change) {
            case Change.OtherFact(String field, String from, String to, Origin rule, Outcome _) ->
                    labelled(
                            "to allow",
                            "with %s = %s instead of %s (%s; for %s)"
                                    .formatted(field, to, from, checked, rule));
            case Change.Trust(List<Reason> rules, Outcome _) -> {
                labelled("to allow", "trust the project's policies (" + checked + ")");
                rules.forEach(
                        rule -> line("  rule \"%s\" %s".formatted(rule.rule(), rule.origin())));
                line("with: blast trust");
            }
            case Change.AddRule(String file, String rule, Outcome _) -> {
                labelled("to allow", "add to " + file + " (" + checked + ")");
                rule.lines().forEach(line -> line("  " + line));
                line("then: blast trust");
            }
            case Change.WithoutRule(Reason rule, Outcome _) ->
                    labelled(
                            "to allow",
                            "take out rule \"%s\" %s (%s)"
                                    .formatted(rule.rule(), rule.origin(), checked));
        }
    }

    private void labelled(String label, String text) {
        out.append(padded(label, INDENT.length())).append(Visible.of(text)).append('\n');
    }

    private void line(String text) {
        out.append(INDENT).append(Visible.of(text)).append('\n');
    }
}
