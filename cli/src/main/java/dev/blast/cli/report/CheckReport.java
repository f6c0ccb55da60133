package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.health.Finding;
import java.util.List;

/**
 * Whether an environment is whole, one line for each side that was looked at.
 *
 * @param evidence whether the lines below a finding are shown too: what it was seen by
 */
public record CheckReport(
        String name,
        String python,
        int packages,
        int generation,
        List<CheckLine> findings,
        ProjectReading reading,
        boolean evidence)
        implements Report {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** Findings that a person should look at. */
    public long open() {
        return findings.stream().filter(finding -> finding.level() != Finding.Level.OK).count();
    }

    @Override
    public String text(Palette palette) {
        var text = new Page(palette.strong(name));
        text.append("  Python ")
                .append(python)
                .append("  ")
                .append(Figures.count(packages, "package"));
        text.append("  generation ").append(generation).end();
        int width =
                findings.stream().mapToInt(finding -> finding.subject().length()).max().orElse(0);
        for (CheckLine finding : findings) {
            String subject = finding.subject() + " ".repeat(width - finding.subject().length() + 2);
            text.append("  ")
                    .append(level(finding.level(), palette))
                    .append("  ")
                    .append(subject)
                    .append(finding.summary())
                    .end();
            String indent = " ".repeat(width + 10);
            if (evidence) {
                finding.evidence().forEach(line -> text.append(indent).append(line).end());
            }
            finding.remedies().forEach(remedy -> text.append(indent).append(remedy).end());
        }
        long open = open();
        text.line(
                open == 0
                        ? "all is well"
                        : open == 1
                                ? "1 finding needs you (exit 1)"
                                : open + " findings need you (exit 1)");
        return text.toString();
    }

    private static String level(Finding.Level level, Palette palette) {
        return switch (level) {
            case OK -> palette.good("ok  ");
            case WARN -> palette.notice("WARN");
            case FAIL -> palette.bad("FAIL");
        };
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("python", python)
                .with("packages", packages)
                .with("generation", generation)
                .with("findings", findings, CheckLine::json)
                .with("notRead", reading.notRead(), ProjectLine::json)
                .with("followed", reading.followed(), ProjectLine::json)
                .with("open", open());
    }
}
