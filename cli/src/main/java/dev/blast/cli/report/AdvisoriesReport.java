package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.advisories.AdvisoryStore.Update;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What is known of holes from now on.
 *
 * @param from where it comes from, as people read it
 */
public record AdvisoriesReport(String from, Update update, Instant now) implements Report {

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append(Figures.count(update.documents()))
                .append(update.documents() == 1 ? " advisory" : " advisories")
                .append(" from ")
                .append(from);
        if (update.withdrawn() > 0) {
            text.append(" (").append(update.withdrawn()).append(" withdrawn)");
        }
        text.append(": ")
                .append(Figures.count(update.holes(), "hole"))
                .append(" in ")
                .append(Figures.count(update.packages(), "package"))
                .append(", the newest of ")
                .append(day())
                .end();
        if (update.isOld(now)) {
            text.append("  that is ")
                    .append(Duration.between(update.newest(), now).toDays())
                    .line(" days ago: what became known since is not in it");
        }
        if (update.unclear() > 0) {
            text.append("  ")
                    .append(Figures.count(update.unclear(), "range"))
                    .line(" of versions that are none by PEP 440 could not be compared");
        }
        return text.toString();
    }

    private LocalDate day() {
        return LocalDate.ofInstant(update.newest(), ZoneOffset.UTC);
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("from", from)
                .with("advisories", update.documents())
                .with("withdrawn", update.withdrawn())
                .with("unclearRanges", update.unclear())
                .with("holes", update.holes())
                .with("packages", update.packages())
                .with("newest", update.newest().toString());
    }
}
