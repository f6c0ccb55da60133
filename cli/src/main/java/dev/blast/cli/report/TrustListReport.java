package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.time.Instant;
import java.util.List;

/**
 * The projects whose policies a user trusts.
 *
 * @param unnamed how many more there are of which only a hash is kept
 */
public record TrustListReport(List<Trusted> projects, int unnamed) implements Report {

    /** What became of what was agreed to. */
    public enum State {
        IN_FORCE,
        /** Its files are others now, and what they open is off. */
        CHANGED,
        /** There is no such folder. */
        GONE
    }

    /**
     * A project.
     *
     * @param folder as people write it
     */
    public record Trusted(String folder, Instant time, List<String> files, State state) {
        public Trusted {
            files = List.copyOf(files);
        }
    }

    public TrustListReport {
        projects = List.copyOf(projects);
    }

    @Override
    public String text(Palette palette) {
        var table = new TextTable("");
        for (Trusted it : projects) {
            table.row(
                    it.folder(),
                    it.time().toString().substring(0, 10),
                    Figures.count(it.files().size(), "policy file"),
                    words(it.state()));
        }
        var text = new Page().lines(table.text());
        if (unnamed > 0) {
            text.append(Figures.count(unnamed, "project"))
                    .line(" more, trusted by an earlier version that kept no name");
        } else if (projects.isEmpty()) {
            text.line("no project's policies are trusted");
        }
        return text.toString();
    }

    private static String words(State state) {
        return switch (state) {
            case IN_FORCE -> "in force";
            case CHANGED -> "changed since, and off: blast policy diff, blast trust";
            case GONE -> "the folder is gone";
        };
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("projects", projects, TrustListReport::json)
                .with("unnamed", unnamed);
    }

    private static JsonObject json(Trusted it) {
        return new JsonObject()
                .with("folder", it.folder())
                .with("time", it.time().toString())
                .with("files", it.files())
                .with("state", it.state());
    }
}
