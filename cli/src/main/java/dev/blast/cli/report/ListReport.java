package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The environments of this user, sorted by name.
 *
 * @param saves how many are kept
 */
public record ListReport(List<Row> environments, int saves) implements Report {

    /**
     * One environment.
     *
     * @param python the interpreter's version, null where the environment is gone
     * @param packages how many are installed
     * @param state {@code in sync}, {@code drift +1}, {@code gone}
     * @param sandbox the step of the ladder that this kernel gives: {@code full}
     * @param path as people write it, with {@code ~}
     */
    public record Row(
            String name,
            @Nullable String python,
            int packages,
            String state,
            String sandbox,
            int generation,
            String path) {}

    public ListReport {
        environments = List.copyOf(environments);
    }

    @Override
    public String text(Palette palette) {
        if (environments.isEmpty()) {
            return "no environments yet; blast start makes one\n" + kept();
        }
        var table = new TextTable("");
        table.row("NAME", "PYTHON", "PACKAGES", "STATE", "SANDBOX", "GENERATION", "PATH");
        for (Row row : environments) {
            String python = row.python();
            table.row(
                    row.name(),
                    python == null ? "-" : python,
                    python == null ? "-" : Integer.toString(row.packages()),
                    row.state(),
                    python == null ? "-" : row.sandbox(),
                    python == null ? "-" : Integer.toString(row.generation()),
                    row.path());
        }
        return table.text() + kept();
    }

    private String kept() {
        return saves == 0 ? "" : Figures.count(saves, "save") + ": blast list saves\n";
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environments", environments, ListReport::json)
                .with("saves", saves);
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .with("name", row.name())
                .with("python", row.python())
                .with("packages", row.packages())
                .with("state", row.state())
                .with("sandbox", row.sandbox())
                .with("generation", row.generation())
                .with("path", row.path());
    }
}
