package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.packaging.Version;
import dev.blast.solver.Restraint;
import dev.blast.solver.Standing;
import dev.blast.solver.text.RestraintText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a package is part of an environment: the paths from what was asked for to it, the shortest
 * first; and why it is there in this version.
 *
 * @param version null where it is not part of the environment
 * @param paths each from the project's own requirement down to the package; empty where nothing
 *     asks for it
 * @param more how many further paths there are
 * @param uncounted whether there may be more still
 * @param otherwise why it is there although no path leads to it
 * @param outlook null where nothing is asked of its version
 */
public record WhyReport(
        String name,
        @Nullable String version,
        List<List<Step>> paths,
        int more,
        boolean uncounted,
        String otherwise,
        @Nullable Outlook outlook)
        implements Report {

    /**
     * One requirement on the way.
     *
     * @param by who asks: {@code you} or {@code requests 2.32.3}
     * @param requirement what is asked for: {@code urllib3 >=1.21.1,<3}
     * @param origin where it is written: {@code pyproject.toml:12}; empty for a package's own
     *     metadata
     */
    public record Step(String by, String requirement, String origin) {}

    /**
     * What binds the version.
     *
     * @param demands whatever the project and other packages ask of it
     * @param standing among all versions; null where that is not known
     * @param unknown why it is not
     * @param strategy that the last sync followed for it; null where that is not known
     */
    public record Outlook(
            List<Restraint> demands,
            @Nullable Standing standing,
            String unknown,
            @Nullable FollowedStrategy strategy) {
        public Outlook {
            demands = List.copyOf(demands);
        }

        /** What keeps versions out besides. */
        private List<Standing.Bond> others() {
            return standing == null
                    ? List.of()
                    : standing.bonds().stream()
                            .filter(bond -> !demands.contains(bond.restraint()))
                            .toList();
        }
    }

    public WhyReport {
        paths = paths.stream().map(List::copyOf).toList();
    }

    @Override
    public String text(Palette palette) {
        if (version == null) {
            return new Page(name)
                    .append(
                            " is not part of this environment; what would come of it: blast why-not ")
                    .line(name)
                    .toString();
        }
        var text = new Page(palette.strong(name + " " + version)).end();
        if (paths.isEmpty()) {
            text.append("  ").append(otherwise).end();
        }
        for (List<Step> path : paths) {
            String indent = "  ";
            for (Step step : path) {
                text.append(indent)
                        .append(step.by())
                        .append(step.by().equals("you") ? " ask for " : " needs ");
                text.append(step.requirement());
                text.append(step.origin().isEmpty() ? "" : palette.faint("   " + step.origin()))
                        .end();
                indent += "  ";
            }
        }
        if (more > 0) {
            text.append(uncounted ? "  … and at least " : "  … and ")
                    .append(Figures.count(more, "more path"))
                    .end();
        }
        return outlook == null ? text.toString() : text.lines(lines(outlook)).toString();
    }

    private String lines(Outlook outlook) {
        var text = new Page();
        Standing standing = outlook.standing();
        var table = new TextTable("  ");
        for (Restraint demand : outlook.demands()) {
            table.row(
                    RestraintText.of(demand, ""),
                    RestraintText.source(demand),
                    StandingText.bond(standing, demand)
                            .map(bond ->
                                    "keeps out %s  %s"
                                            .formatted(
                                                    StandingText.versions(bond),
                                                    StandingText.effect(bond))
                                            .strip())
                            .orElse(""));
        }
        for (Standing.Bond bond : outlook.others()) {
            table.row(
                    RestraintText.of(bond.restraint(), StandingText.versions(bond)),
                    RestraintText.source(bond.restraint()),
                    StandingText.effect(bond));
        }
        if (!table.isEmpty()) {
            text.line("what binds its version").lines(table.text());
        }
        return text.line(verdict(outlook)).toString();
    }

    private String verdict(Outlook outlook) {
        Standing standing = outlook.standing();
        if (standing == null) {
            return "which newer versions there are is not known: " + outlook.unknown();
        }
        Version newest = standing.newest();
        if (newest == null) {
            return "no index has it";
        }
        if (!standing.isBehind()) {
            return "there is no newer version";
        }
        Version free = standing.free();
        FollowedStrategy strategy = outlook.strategy();
        if (free == null) {
            return "the newest is " + newest;
        }
        return "%s with the rest as it is, and the last sync%s took or kept %s; what decides: blast why-not %s==%s"
                .formatted(
                        free.equals(newest)
                                ? "the newest, %s, fits".formatted(newest)
                                : "the newest is %s; %s fits".formatted(newest, free),
                        strategy == null ? "" : ", by " + StrategyText.of(strategy) + ",",
                        version,
                        name,
                        free);
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("name", name)
                .with("version", version)
                .with("paths", paths, path -> new JsonObject().with("steps", path, WhyReport::json))
                .with("morePaths", more)
                .with("morePathsUncounted", uncounted)
                .with("otherwise", paths.isEmpty() && version != null ? otherwise : null)
                .with("outlook", outlook == null ? null : json(outlook));
    }

    private static JsonObject json(Outlook outlook) {
        Standing standing = outlook.standing();
        return new JsonObject()
                .with("demands", outlook.demands(), demand -> StandingText.json(demand, standing))
                .with("others", outlook.others(), StandingText::json)
                .with("newest", standing == null ? null : StandingText.text(standing.newest()))
                .with("fits", standing == null ? null : StandingText.text(standing.free()))
                .with("unknown", standing == null ? outlook.unknown() : null)
                .with(
                        "strategy",
                        outlook.strategy() == null ? null : StrategyText.json(outlook.strategy()));
    }

    private static JsonObject json(Step step) {
        return new JsonObject()
                .with("by", step.by())
                .with("requirement", step.requirement())
                .with("origin", step.origin());
    }
}
