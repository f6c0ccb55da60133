package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.verdict.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program may see and use, each with the rule that says so.
 *
 * @param asked {@code run pytest}
 * @param problem why it cannot be run, null where it can
 * @param paths where policy files lie, by the names that people call them
 */
public record GrantsReport(
        String asked,
        @Nullable String problem,
        String ladder,
        String policy,
        List<Grant> grants,
        Map<String, String> paths)
        implements Report {

    /**
     * What one rule gives, or limits.
     *
     * @param kind {@code writes}, {@code reads}, {@code memory}
     * @param what paths, or an amount
     * @param reason null where no rule says so, but the way things are
     */
    public record Grant(String kind, List<String> what, @Nullable Reason reason) {}

    public GrantsReport {
        grants = List.copyOf(grants);
        paths = Map.copyOf(paths);
    }

    @Override
    public String text(Palette palette) {
        String verdict = problem == null ? palette.good("ALLOWED") : palette.bad("DENIED ");
        var text = new Page(verdict).append("  ").append(asked).append("        ");
        text.append(problem == null ? "sandbox " + ladder : problem)
                .append("        policy ")
                .append(policy)
                .end();
        int width = grants.stream().mapToInt(grant -> grant.kind().length()).max().orElse(0);
        for (Grant grant : grants) {
            String kind = "  " + grant.kind() + " ".repeat(width - grant.kind().length() + 2);
            text.lines(Filled.text(kind, grant.what(), ", "));
            if (grant.reason() != null) {
                text.append(" ".repeat(width + 6))
                        .append(palette.faint(ExplanationText.named(grant.reason())))
                        .end();
            }
        }
        return ExplanationReport.opened(text.toString(), paths);
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("asked", asked)
                .with("allowed", problem == null)
                .with("problem", problem)
                .with("sandbox", ladder)
                .with("policy", policy)
                .with("grants", grants, GrantsReport::json)
                .with("files", ExplanationReport.files(paths));
    }

    private static JsonObject json(Grant grant) {
        return new JsonObject()
                .with("kind", grant.kind())
                .with("what", grant.what())
                .with("by", grant.reason() == null ? null : ExplanationReport.json(grant.reason()));
    }
}
