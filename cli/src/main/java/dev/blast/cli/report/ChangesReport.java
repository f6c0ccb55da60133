package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.copy.CopyChange;
import dev.blast.environment.copy.CopyChange.Deed;
import dev.blast.environment.copy.CopyChange.Thing;
import dev.blast.environment.copy.Keepable;
import dev.blast.environment.copy.LineCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program did in a throwaway copy: first what is kept only by who names it, or never.
 *
 * @param kept paths of those that have been kept; empty while nobody has decided
 */
public record ChangesReport(List<Row> rows, Set<String> kept) implements Report {
    /** Lines of a list; a file has all of them. */
    private static final int SHOWN = 40;

    public ChangesReport {
        rows = List.copyOf(rows);
        kept = Set.copyOf(kept);
    }

    /**
     * One change.
     *
     * @param lines those that came and went; null but for short texts
     */
    public record Row(CopyChange change, @Nullable LineCounts lines) {}

    @Override
    public String text(Palette palette) {
        var text = new Page();
        List<Row> shown = shown();
        for (Row row : shown.subList(0, Math.min(SHOWN, shown.size()))) {
            text.append("  ").line(line(row));
        }
        if (shown.size() > SHOWN) {
            text.append("  and ")
                    .append(Figures.count(shown.size() - SHOWN))
                    .line(" more; --changes FILE writes all of them");
        }
        return text.toString();
    }

    /** In a sentence. */
    public String summary() {
        var parts = new ArrayList<String>();
        for (Deed deed : Deed.values()) {
            long count = rows.stream().filter(it -> it.change().deed() == deed).count();
            if (count > 0) {
                parts.add("%s %s".formatted(word(deed), Figures.count(count)));
            }
        }
        long bytes = rows.stream().mapToLong(it -> it.change().after()).sum();
        return rows.isEmpty()
                ? "the program changed nothing in its throwaway copy"
                : "in its throwaway copy the program %s (%s of files)"
                        .formatted(String.join(", ", parts), Figures.size(bytes));
    }

    /** A folder that came with something in it, or went with all in it, is told by that. */
    private List<Row> shown() {
        var above = new HashSet<Path>();
        for (Row row : rows) {
            for (Path at = row.change().path().getParent(); at != null; at = at.getParent()) {
                above.add(at);
            }
        }
        var first = new ArrayList<Row>();
        var then = new ArrayList<Row>();
        for (Row row : rows) {
            CopyChange change = row.change();
            if (change.thing() != Thing.FOLDER || !above.contains(change.path())) {
                (change.isFree() ? then : first).add(row);
            }
        }
        first.addAll(then);
        return first;
    }

    private static String line(Row row) {
        CopyChange change = row.change();
        String mark =
                !change.isFree()
                        ? "!"
                        : switch (change.deed()) {
                            case ADDED -> "+";
                            case CHANGED -> "~";
                            case REMOVED -> "-";
                        };
        var line = new StringBuilder(mark).append(' ').append(change.path());
        line.append(change.thing() == Thing.FOLDER ? "/" : "");
        if (!change.isFree()) {
            line.append("  ").append(word(change.deed()));
        }
        LineCounts lines = row.lines();
        if (lines != null) {
            line.append("  +").append(lines.come()).append(" -").append(lines.gone());
        } else if (change.thing() == Thing.FILE) {
            line.append("  ").append(Figures.size(Math.max(change.before(), change.after())));
        }
        if (!change.detail().isEmpty()) {
            line.append("  ").append(change.detail());
        }
        switch (change.standing()) {
            case Keepable.Free() -> {}
            case Keepable.OnlyNamed(String why) ->
                    line.append(": ").append(why).append("; kept only if named");
            case Keepable.Never(String why) -> line.append(": not kept, ").append(why);
        }
        return line.toString();
    }

    private static String word(Deed deed) {
        return switch (deed) {
            case ADDED -> "added";
            case CHANGED -> "changed";
            case REMOVED -> "removed";
        };
    }

    @Override
    public JsonObject json() {
        return new JsonObject().with("changes", rows, this::json);
    }

    private JsonObject json(Row row) {
        CopyChange change = row.change();
        LineCounts lines = row.lines();
        return new JsonObject()
                .with("path", change.path().toString())
                .with("deed", change.deed())
                .with("thing", change.thing())
                .with("bytesBefore", change.before())
                .with("bytesAfter", change.after())
                .with("linesAdded", lines == null ? null : Long.valueOf(lines.come()))
                .with("linesRemoved", lines == null ? null : Long.valueOf(lines.gone()))
                .with("detail", change.detail())
                .with(
                        "standing",
                        switch (change.standing()) {
                            case Keepable.Free() -> "free";
                            case Keepable.OnlyNamed _ -> "only if named";
                            case Keepable.Never _ -> "never";
                        })
                .with(
                        "why",
                        switch (change.standing()) {
                            case Keepable.Free() -> "";
                            case Keepable.OnlyNamed(String why) -> why;
                            case Keepable.Never(String why) -> why;
                        })
                .with("kept", kept.contains(change.path().toString()));
    }
}
