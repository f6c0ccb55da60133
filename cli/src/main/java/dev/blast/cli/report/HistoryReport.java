package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * What an environment has been, the newest first.
 *
 * @param user who asks: what they did themselves is said to be {@code you}
 * @param earlier generations that are not listed
 */
public record HistoryReport(String name, String user, List<GenerationRow> generations, int earlier)
        implements Report {
    public HistoryReport {
        generations = List.copyOf(generations);
    }

    /** The same with the newest alone. */
    public HistoryReport last(int shown) {
        int listed = Math.min(shown, generations.size());
        return new HistoryReport(
                name, user, generations.subList(0, listed), earlier + generations.size() - listed);
    }

    @Override
    public String text(Palette palette) {
        if (generations.isEmpty()) {
            return new Page(name).append(": no change has been made yet").end().toString();
        }
        var table = new TextTable("");
        for (GenerationRow row : generations) {
            table.row(
                    row.now() ? "→" : " ",
                    Integer.toString(row.number()),
                    row.when(),
                    row.what(),
                    row.counts(),
                    by(row));
        }
        var text = new Page().lines(table.text());
        if (earlier > 0) {
            text.append("  and ").append(earlier).line(" earlier: blast history --all");
        }
        return text.toString();
    }

    String by(GenerationRow row) {
        return row.ci() ? "CI" : row.user().equals(user) ? "you" : row.user();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("generations", generations, GenerationRow::json)
                .with("earlier", earlier);
    }
}
