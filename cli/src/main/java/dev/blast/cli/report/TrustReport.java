package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.rules.RuleSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project's policy files open, now that somebody has agreed to them, or no longer.
 *
 * @param files of the project, as people call them
 * @param opening its rules that open something
 * @param change what turned by it; null where nothing was trusted anew
 */
public record TrustReport(
        String project,
        boolean trusted,
        String revision,
        List<String> files,
        List<RuleSummary> opening,
        @Nullable PolicyDiffReport change)
        implements Report {

    /** What is said where a command of ours has changed what was trusted. */
    static final String LOST =
            "the project's policies changed and are not trusted any more: blast trust";

    public TrustReport {
        files = List.copyOf(files);
        opening = List.copyOf(opening);
    }

    @Override
    public String text(Palette palette) {
        if (files.isEmpty()) {
            return new Page(project)
                    .line(" has no policy files of its own: there is nothing to trust")
                    .toString();
        }
        var text = new Page(project);
        text.append(trusted ? ": trusted " : ": no longer trusted: ")
                .append(Figures.count(files.size(), "policy file"));
        text.append(" (")
                .append(String.join(", ", files))
                .append("), policy ")
                .append(revision)
                .end();
        if (opening.isEmpty()) {
            return text.line("  none of its rules opens anything").toString();
        }
        text.line(trusted ? "  in force now, until a byte of these files changes:" : "  off now:");
        var table = new TextTable("  " + (trusted ? "+ " : "- "));
        for (RuleSummary rule : opening) {
            table.row(String.join(" ", rule.verbs()), rule.name(), rule.origin().toString());
        }
        return text.lines(table.text()).toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("project", project)
                .with("trusted", trusted)
                .with("policy", revision)
                .with("files", files)
                .with("opening", opening, PolicyRulesReport::json)
                .with("change", change == null ? null : change.json());
    }
}
