package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.time.Instant;
import java.util.List;

/** The saves of this user, sorted by name. */
public record SavesReport(List<Row> saves) implements Report {

    /**
     * One save.
     *
     * @param when the same as people say it
     * @param environment what was saved is called
     * @param bytes what its files hold together
     * @param path where it lay, as people write it
     */
    public record Row(
            String name,
            Instant time,
            String when,
            String environment,
            String python,
            int packages,
            long bytes,
            String treeHash,
            String path) {}

    public SavesReport {
        saves = List.copyOf(saves);
    }

    @Override
    public String text(Palette palette) {
        if (saves.isEmpty()) {
            return "nothing is saved yet; blast save NAME keeps what the environment here is\n";
        }
        var table = new TextTable("");
        table.row("NAME", "SAVED", "OF", "PYTHON", "PACKAGES", "SIZE", "PATH");
        for (Row row : saves) {
            table.row(
                    row.name(),
                    row.when(),
                    row.environment(),
                    row.python(),
                    Integer.toString(row.packages()),
                    Figures.size(row.bytes()),
                    row.path());
        }
        return table.text();
    }

    @Override
    public JsonObject json() {
        return new JsonObject().with("saves", saves, SavesReport::json);
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .with("name", row.name())
                .with("time", row.time().toString())
                .with("environment", row.environment())
                .with("python", row.python())
                .with("packages", row.packages())
                .with("bytes", row.bytes())
                .with("treeHash", row.treeHash())
                .with("path", row.path());
    }
}
