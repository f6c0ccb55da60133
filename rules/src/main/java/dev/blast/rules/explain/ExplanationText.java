package dev.blast.rules.explain;

import dev.blast.packaging.Visible;
import dev.blast.rules.explain.Explanation.Because;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.Explanation.NearMiss;
import dev.blast.rules.explain.Explanation.Remedy;
import dev.blast.rules.explain.Explanation.Tried;
import dev.blast.rules.explain.TracedRule.Node;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An explanation as text: the verdict first, then why, then what to do. Pure. */
public final class ExplanationText {
    /** The labels stand in a column of their own. */
    private static final String INDENT = " ".repeat(11);

    /** Rules that are named besides. */
    private static final int MAX_BESIDES = 5;

    private final StringBuilder out = new StringBuilder();

    private ExplanationText() {}

    /** Ends with a line break. Nothing in it depends on a terminal. */
    public static String render(Explanation explanation) {
        return said(explanation) + ways(explanation);
    }

    /** The verdict and why, without what turns it. */
    public static String said(Explanation explanation) {
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
        return text.out.toString();
    }

    /** What turns it alone, or that nothing does. */
    public static String ways(Explanation explanation) {
        var text = new ExplanationText();
        String label =
                switch (explanation.judgement().outcome()) {
                    case ALLOWED -> "for more";
                    case HELD, DENIED -> "to allow";
                    case RECORDED, FROZEN, STOPPED -> "to go on";
                };
        explanation.remedies().forEach(remedy -> text.remedy(label, remedy));
        if (!explanation.obstacle().isEmpty()) {
            text.obstacle(explanation.obstacle());
        }
        return text.out.toString();
    }

    /** Every rule that speaks about it, with what became of each constraint. */
    public static String trace(Explanation explanation) {
        var text = new ExplanationText();
        explanation.trace().forEach(text::traced);
        return text.out.toString();
    }

    /** What to do for one remedy, in its order. */
    public static String steps(Remedy remedy) {
        var text = new ExplanationText();
        for (int at = 0; at < remedy.changes().size(); at++) {
            text.change("", "", at == 0, remedy.changes().get(at));
        }
        return text.out.toString().indent(-INDENT.length());
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
                                        .formatted(it.verdict(), it.asked(), how, it.revision())))
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

    /** What belongs together stands under one label; only its first line says what it leads to. */
    private void remedy(String label, Remedy remedy) {
        String checked = "checked: this decision becomes " + remedy.becomes();
        for (int at = 0; at < remedy.changes().size(); at++) {
            boolean first = at == 0;
            change(
                    first ? label : "",
                    first ? " (" + checked + ")" : "",
                    first,
                    remedy.changes().get(at));
        }
    }

    private void change(String label, String checked, boolean first, Change change) {
        switch (change) {
            case Change.OtherFact(
                            String field,
                            String from,
                            String to,
                            String how,
                            Origin rule) -> {
                labelled(label, how + checked);
                line("  %s = %s instead of %s, for %s".formatted(field, to, from, rule));
            }
            case Change.Trust(List<Reason> rules, List<Reason> besides) -> {
                if (first) {
                    labelled(label, "trust the project's policies" + checked);
                    rules.forEach(this::rule);
                    line("with: blast trust");
                } else {
                    line("then: blast trust");
                }
                if (!besides.isEmpty()) {
                    line("which turns on as well:");
                    besides.stream().limit(MAX_BESIDES).forEach(this::rule);
                    if (besides.size() > MAX_BESIDES) {
                        line("  and %,d more".formatted(besides.size() - MAX_BESIDES));
                    }
                }
            }
            case Change.AddRule(String file, String rule) -> {
                labelled(label, "add to " + file + checked);
                rule.lines().forEach(line -> line("  " + line));
            }
            case Change.WithoutRule(Reason rule, boolean withFile) ->
                    labelled(
                            label,
                            "take out rule \"%s\" %s%s%s"
                                    .formatted(
                                            rule.rule(),
                                            rule.origin(),
                                            withFile ? ", and its file, which is then empty" : "",
                                            checked));
            case Change.MakeFile(Path path) ->
                    labelled(
                            label,
                            "make the file first, outside: touch %s%s"
                                    .formatted(ShellWord.of(path.toString()), checked));
        }
    }

    private void rule(Reason rule) {
        line("  rule \"%s\" %s".formatted(rule.rule(), rule.origin()));
    }

    private void obstacle(String obstacle) {
        labelled("no way", obstacle);
    }

    private void traced(TracedRule rule) {
        labelled(
                "trace",
                "rule \"%s\" %s:%d:%d %s"
                        .formatted(
                                rule.rule(),
                                rule.origin().file(),
                                rule.origin().line(),
                                rule.origin().column(),
                                came(rule)));
        for (int at = 0; at < rule.ways().size(); at++) {
            if (rule.ways().size() > 1) {
                line("  way %d of %d".formatted(at + 1, rule.ways().size()));
            }
            rule.ways().get(at).forEach(node -> node(node, 1));
        }
        rule.says().forEach(says -> line("  then " + says));
    }

    /** What became of a rule that was tried. */
    public static String came(TracedRule rule) {
        return !rule.answers()
                ? "does not answer"
                : rule.counts() ? "answers" : "would answer, not trusted";
    }

    private void node(Node node, int depth) {
        String truth = node.holds() == null ? "?" : node.holds() ? "TRUE" : "FALSE";
        String actual = node.actual().isEmpty() ? "" : "   " + node.actual();
        line(
                "  %-5s %-8s%s%s%s"
                        .formatted(
                                truth,
                                node.origin().line() + ":" + node.origin().column(),
                                "  ".repeat(depth - 1),
                                node.text(),
                                actual));
        node.parts().forEach(part -> node(part, depth + 1));
    }

    private void labelled(String label, String text) {
        out.append(padded(label, INDENT.length())).append(Visible.of(text)).append('\n');
    }

    private void line(String text) {
        out.append(INDENT).append(Visible.of(text)).append('\n');
    }
}
