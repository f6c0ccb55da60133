package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment that is what was saved.
 *
 * @param save its name
 * @param treeHash of what was saved
 * @param generation that this is, null where it was so already
 * @param changes of packages
 * @param found the generation that keeps what others had made of it meanwhile, null where nothing
 * @param other paths that are not as they were saved, since they name the place or the interpreter
 * @param remarks what should be known
 */
public record LoadReport(
        String environment,
        String save,
        int packages,
        String treeHash,
        @Nullable Integer generation,
        List<ChangeLine> changes,
        @Nullable Integer found,
        List<String> other,
        List<String> remarks,
        Duration took)
        implements Report {

    public LoadReport {
        changes = List.copyOf(changes);
        other = List.copyOf(other);
        remarks = List.copyOf(remarks);
    }

    @Override
    public String text(Palette palette) {
        if (generation == null) {
            return new Page(environment)
                    .append(" is what '")
                    .append(save)
                    .line("' saved already")
                    .toString();
        }
        var text = new Page().lines(ChangeLines.text(changes, palette));
        FoundText.add(found, text);
        if (!other.isEmpty()) {
            text.append(Figures.count(other.size(), "file"))
                    .append(" that ")
                    .append(other.size() == 1 ? "names" : "name")
                    .line(" the place or the interpreter: made anew for here");
        }
        remarks.forEach(remark -> text.append("! ").line(remark));
        text.append(environment)
                .append(": as '")
                .append(save)
                .append("' saved it, ")
                .append(Figures.count(packages, "package"))
                .append(", which is generation ")
                .append(generation)
                .append(" now, in ")
                .append(Figures.duration(took))
                .append("; undo with: blast undo");
        return text.end().toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", environment)
                .with("save", save)
                .with("packages", packages)
                .with("treeHash", treeHash)
                .with("generation", generation == null ? null : Long.valueOf(generation))
                .with("found", found == null ? null : Long.valueOf(found))
                .with("changes", changes, ChangeLines::json)
                .with("madeAnew", other)
                .with("remarks", remarks)
                .with("seconds", took);
    }
}
