package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.rules.format.PolicyHead;
import java.util.List;

/** Policies that can be begun with: one about each question, and those of the cookbook. */
public record BeginningsReport(List<Beginning> questions, List<Beginning> cookbook)
        implements Report {
    /** One of them. */
    public record Beginning(String name, PolicyHead head) {}

    public BeginningsReport {
        questions = List.copyOf(questions);
        cookbook = List.copyOf(cookbook);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append(palette.strong("About one question")).end();
        text.lines(table(questions)).end();
        text.append(palette.strong("From the cookbook")).end();
        text.lines(table(cookbook)).end();
        return text.line("Next: blast policy new NAME writes policies/NAME.drl, with its tests")
                .toString();
    }

    private static String table(List<Beginning> beginnings) {
        var table = new TextTable("  ");
        beginnings.forEach(it -> table.row(it.name(), it.head().summary()));
        return table.text();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("questions", questions, BeginningsReport::json)
                .with("cookbook", cookbook, BeginningsReport::json);
    }

    private static JsonObject json(Beginning it) {
        return StarterReport.said(new JsonObject().with("name", it.name()), it.head());
    }
}
