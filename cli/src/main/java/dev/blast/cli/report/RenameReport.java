package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * A rule that has another name now.
 *
 * @param losesTrust whether what the project's files open is off for that
 */
public record RenameReport(String from, String to, List<Touched> touched, boolean losesTrust)
        implements Report {

    /**
     * A file in which the name stood.
     *
     * @param places how often
     */
    public record Touched(String file, int places) {}

    public RenameReport {
        touched = List.copyOf(touched);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        for (Touched it : touched) {
            text.append(it.file()).append(": ").line(Figures.count(it.places(), "place"));
        }
        if (losesTrust) {
            text.line(TrustReport.LOST);
        }
        return text.toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("from", from)
                .with("to", to)
                .with("losesTrust", losesTrust)
                .with(
                        "files",
                        touched,
                        it -> new JsonObject().with("file", it.file()).with("places", it.places()));
    }
}
