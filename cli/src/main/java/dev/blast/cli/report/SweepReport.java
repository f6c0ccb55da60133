package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.install.StoreSweep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was taken out of the store, and what stays.
 *
 * @param forgotten generations, by the name of their environment
 * @param gone projects that are not there any more, whose history was forgotten
 * @param cleaned how many histories were forgotten of environments that had been cleaned away
 * @param histories how many name what stays
 * @param saves that name it too
 * @param dry nothing was done
 */
public record SweepReport(
        Map<String, Integer> forgotten,
        List<String> gone,
        int cleaned,
        int histories,
        int saves,
        StoreSweep.Swept swept,
        boolean dry)
        implements Report {

    public SweepReport {
        forgotten = Map.copyOf(forgotten);
        gone = List.copyOf(gone);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        new TreeMap<>(forgotten)
                .forEach((name, count) ->
                        text.append(dry ? "would forget " : "forgot ")
                                .append(Figures.count(count, "generation"))
                                .append(" of ")
                                .line(name));
        gone.forEach(project ->
                text.append(dry ? "would forget " : "forgot ")
                        .append("the history of ")
                        .append(project)
                        .line(", which is gone"));
        if (cleaned > 0) {
            text.append(dry ? "would forget " : "forgot ")
                    .append(cleaned == 1 ? "the history of " : "the histories of ")
                    .append(Figures.count(cleaned, "environment"))
                    .append(cleaned == 1 ? " that was" : " that were")
                    .line(" cleaned away long ago");
        }
        text.append(dry ? "would remove " : "removed ")
                .append(amount(swept.wheelsGone(), "wheel"))
                .append(" and ")
                .line(amount(swept.filesGone(), "file"));
        text.append("kept ")
                .append(amount(swept.wheelsKept(), "wheel"))
                .append(" and ")
                .append(amount(swept.filesKept(), "file"))
                .append(", named by what ")
                .append(Figures.count(histories, "environment"))
                .append(histories == 1 ? " has been" : " have been")
                .append(saves == 0 ? "" : ", and by " + Figures.count(saves, "save"));
        if (swept.linked() > 0) {
            text.append("; ")
                    .append(Figures.count(swept.linked(), "wheel"))
                    .append(" of these only since an environment is linked to their files");
        }
        return text.end().toString();
    }

    private static String amount(StoreSweep.Amount amount, String what) {
        return Figures.count(amount.count(), what) + " (" + Figures.size(amount.bytes()) + ")";
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("dryRun", dry)
                .with(
                        "forgotten",
                        new TreeMap<>(forgotten).entrySet(),
                        it ->
                                new JsonObject()
                                        .with("environment", it.getKey())
                                        .with("generations", it.getValue().longValue()))
                .with("gone", gone)
                .with("cleanedAway", cleaned)
                .with("environments", histories)
                .with("saves", saves)
                .with("wheelsRemoved", json(swept.wheelsGone()))
                .with("wheelsKept", json(swept.wheelsKept()))
                .with("filesRemoved", json(swept.filesGone()))
                .with("filesKept", json(swept.filesKept()))
                .with("wheelsKeptByLinks", swept.linked());
    }

    private static JsonObject json(StoreSweep.Amount amount) {
        return new JsonObject().with("count", amount.count()).with("bytes", amount.bytes());
    }
}
