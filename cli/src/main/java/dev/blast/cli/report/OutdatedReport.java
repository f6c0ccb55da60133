package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.sync.Surveyed;
import dev.blast.solver.Motive;
import dev.blast.solver.Restraint;
import dev.blast.solver.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * The packages of an environment of which there is a newer version, and what holds each back.
 *
 * @param looked at, outdated or not
 */
public record OutdatedReport(String environment, int looked, List<Surveyed.Upgrade> packages)
        implements Report {
    public OutdatedReport {
        packages = List.copyOf(packages);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append(environment).append(": ").append(Figures.count(looked, "package"));
        if (packages.isEmpty()) {
            return text.line(", no newer version of any").toString();
        }
        text.append(", of ").append(packages.size()).line(" there is a newer version");
        var table = new TextTable("");
        table.row("PACKAGE", "INSTALLED", "ALLOWED", "NEWEST", "HELD BACK BY");
        for (Surveyed.Upgrade upgrade : packages) {
            Standing standing = upgrade.standing();
            table.row(
                    upgrade.name().toString(),
                    upgrade.installed().toString(),
                    standing == null ? "-" : standing.chosen().toString(),
                    standing == null ? "-" : String.valueOf(standing.newest()),
                    String.join("; ", holds(upgrade)));
        }
        return text.lines(table.text()).toString();
    }

    private static List<String> holds(Surveyed.Upgrade upgrade) {
        Standing standing = upgrade.standing();
        if (standing == null) {
            return List.of("nothing asks for it: blast sync --upgrade takes it away");
        }
        var holds = new ArrayList<String>();
        if (standing.chosen().compareTo(upgrade.installed()) > 0) {
            holds.add("the lock keeps it: blast sync --upgrade");
        }
        for (Restraint restraint : standing.ofNewest()) {
            holds.add(StandingText.of(restraint, "it"));
        }
        if (upgrade.motive() != null) {
            holds.add(
                    upgrade.motive() instanceof Motive.Better better
                            ? "the strategy, by " + WorthText.of(better, "")
                            : "the strategy: the whole is better with " + standing.chosen());
        }
        return holds;
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", environment)
                .with("looked", looked)
                .with("packages", packages, OutdatedReport::json);
    }

    private static JsonObject json(Surveyed.Upgrade upgrade) {
        Standing standing = upgrade.standing();
        return new JsonObject()
                .with("name", upgrade.name().toString())
                .with("installed", upgrade.installed().toString())
                .with("allowed", standing == null ? null : standing.chosen().toString())
                .with("newest", standing == null ? null : StandingText.text(standing.newest()))
                .with("heldBackBy", holds(upgrade))
                .with(
                        "bonds",
                        standing == null ? List.<Standing.Bond>of() : standing.bonds(),
                        StandingText::json);
    }
}
