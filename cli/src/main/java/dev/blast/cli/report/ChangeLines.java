package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.List;

/** The changes of a sync, one line each, with the reasons in a column of their own. */
final class ChangeLines {
    private ChangeLines() {}

    static String text(List<ChangeLine> changes, Palette palette) {
        int width = 0;
        for (ChangeLine change : changes) {
            if (!change.why().isEmpty()) {
                width = Math.max(width, change.versions().length());
            }
        }
        var text = new Page();
        for (ChangeLine change : changes) {
            String versions = change.versions();
            text.append("  ").append(sign(change.kind(), palette)).append(' ').append(versions);
            if (!change.why().isEmpty()) {
                text.append(" ".repeat(width - versions.length() + 3)).append(change.why());
            }
            text.end();
        }
        return text.toString();
    }

    private static String sign(ChangeLine.Kind kind, Palette palette) {
        String sign = String.valueOf(kind.sign());
        return switch (kind) {
            case ADDED -> palette.good(sign);
            case REPLACED, DOWNGRADED, REINSTALLED -> palette.changed(sign);
            case REMOVED -> palette.bad(sign);
            case HELD, NOTED -> palette.notice(sign);
        };
    }

    static JsonObject json(ChangeLine change) {
        return new JsonObject()
                .with("change", change.kind())
                .with("name", change.name())
                .with("from", change.from())
                .with("to", change.to())
                .with("why", change.why());
    }
}
