package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment that is again what a generation left.
 *
 * @param to that generation; 0 where nothing had been there
 * @param generation that this is, null where it was so already
 * @param changes of packages
 * @param found the generation that keeps what others had made of it meanwhile, null where nothing
 * @param remarks what is not as it was
 * @param back the command that takes this back
 */
public record ReturnReport(
        String name,
        int to,
        @Nullable Integer generation,
        List<ChangeLine> changes,
        @Nullable Integer found,
        List<String> remarks,
        String back,
        Duration took)
        implements Report {

    public ReturnReport {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }

    @Override
    public String text(Palette palette) {
        if (generation == null) {
            return new Page(name)
                    .append(" is as generation ")
                    .append(to)
                    .line(" left it already")
                    .toString();
        }
        var text = new Page().lines(ChangeLines.text(changes, palette));
        FoundText.add(found, text);
        remarks.forEach(remark -> text.append("! ").line(remark));
        text.append(name)
                .append(": ")
                .append(
                        to == 0
                                ? "nothing is there any more, as before the first change"
                                : "as generation " + to + " left it")
                .append(", which is generation ")
                .append(generation)
                .append(" now, in ")
                .append(Figures.duration(took))
                .append("; ")
                .append(back)
                .end();
        return text.toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("restored", to)
                .with("generation", generation == null ? null : Long.valueOf(generation))
                .with("found", found == null ? null : Long.valueOf(found))
                .with("changes", changes, ChangeLines::json)
                .with("remarks", remarks)
                .with("seconds", took);
    }
}
