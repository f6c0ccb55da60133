package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.KeptDecision;
import dev.blast.rules.explain.Explanation;

/**
 * A decision that is kept, and what the rules of today say to the same request.
 *
 * @param then as it is kept
 * @param today asked again
 */
public record DecisionReport(KeptDecision then, ExplanationReport today) implements Report {

    @Override
    public String text(Palette palette) {
        String time = then.time().toString();
        var page =
                new Page("decision #%s, kept on ".formatted(then.id()))
                        .append(time.substring(0, 10))
                        .append(" at ")
                        .append(time.substring(11, 16))
                        .append(" UTC from ")
                        .append(then.by())
                        .end()
                        .lines(ExplanationReport.opened(then.said(), today.paths()).stripTrailing())
                        .end()
                        .end();
        return page.append(isSame() ? "today the same:" : "today otherwise:")
                .end()
                .lines(today.text(palette))
                .toString();
    }

    /** Whether the same comes of it, by whatever rules. */
    private boolean isSame() {
        Explanation now = today.explanation();
        return now.verdict().equals(then.verdict());
    }

    @Override
    public JsonObject json() {
        return today.json()
                .with(
                        "decision",
                        new JsonObject()
                                .with("id", then.id())
                                .with("time", then.time().toString())
                                .with("by", then.by())
                                .with("verdict", then.verdict())
                                .with("policy", then.revision())
                                .with("said", then.said())
                                .with("same", isSame()));
    }
}
