package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.sync.LookedPast;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code blast start} found and made.
 *
 * @param place where the environment is, as people write it: {@code .venv}
 * @param environment what was done about the environment itself
 * @param packages what was done about its packages
 * @param strategies by which its versions were chosen, the whole one first; empty where nothing is
 *     known of it
 * @param lookedPast where the lock would have done, and something else was chosen; else null
 * @param reading for programs; people have been told on stderr
 */
public record StartReport(
        String name,
        String python,
        String place,
        Environment environment,
        Packages packages,
        List<FollowedStrategy> strategies,
        @Nullable LookedPast lookedPast,
        Policy policy,
        Sandbox sandbox,
        List<ChangeLine> changes,
        ProjectReading reading,
        String next,
        Duration took)
        implements Report {

    /**
     * What was done about the environment itself.
     *
     * @param sources the files that it was made from: {@code pyproject.toml and pylock.toml}
     */
    public record Environment(boolean made, boolean repaired, List<String> sources) {
        private JsonObject json() {
            return new JsonObject()
                    .with("made", made)
                    .with("repaired", repaired)
                    .with("sources", sources);
        }
    }

    /**
     * What was done about its packages.
     *
     * @param installed all that are there now
     * @param changed how many of these this start installed
     * @param downloaded how many of the changed ones came from the network; the others were in the
     *     store
     */
    public record Packages(
            int installed, int changed, int removed, int downloaded, boolean fromLock) {
        private JsonObject json() {
            return new JsonObject()
                    .with("installed", installed)
                    .with("changed", changed)
                    .with("removed", removed)
                    .with("downloaded", downloaded)
                    .with("fromLock", fromLock);
        }
    }

    /**
     * The rules in force.
     *
     * @param files of the project
     * @param trusted whether these have been read and agreed to
     * @param rulesOff how many of their rules would open something and do not
     */
    public record Policy(
            String revision, int shippedFiles, int files, boolean trusted, int rulesOff) {
        private JsonObject json() {
            return new JsonObject()
                    .with("revision", revision)
                    .with("shippedFiles", shippedFiles)
                    .with("projectFiles", files)
                    .with("trusted", trusted)
                    .with("rulesOff", rulesOff);
        }
    }

    /**
     * What confines whatever runs in it.
     *
     * @param ladder {@code full}, or what it is without
     * @param layers the layers in force
     * @param missing for each layer that is not there, why
     */
    public record Sandbox(String ladder, List<String> layers, List<String> missing) {
        private JsonObject json() {
            return new JsonObject()
                    .with("ladder", ladder)
                    .with("layers", layers)
                    .with("missing", missing);
        }
    }

    public StartReport {
        strategies = List.copyOf(strategies);
        changes = List.copyOf(changes);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append(palette.strong(name))
                .append(": Python ")
                .append(python)
                .append(" in ")
                .append(place);
        text.append(", ")
                .append(Figures.count(packages.installed(), "package"))
                .append(", sandbox ")
                .append(sandbox.ladder());
        text.append("   ").append(Figures.duration(took)).end();
        line(text, "environment", environmentText());
        line(text, "packages", packagesText());
        String aspect = "strategy";
        for (FollowedStrategy strategy : strategies) {
            line(text, aspect, StrategyText.of(strategy));
            aspect = "";
        }
        if (lookedPast != null) {
            line(text, "", StrategyText.of(lookedPast));
        }
        line(text, "policy", policyText());
        line(text, "sandbox", sandbox.ladder() + ": " + String.join(", ", sandbox.layers()));
        for (String missing : sandbox.missing()) {
            line(text, "", missing);
        }
        return text.append("Next: ").append(next).end().toString();
    }

    private static void line(Page text, String aspect, String what) {
        text.append("  ")
                .append(aspect)
                .append(" ".repeat(13 - aspect.length()))
                .append(what)
                .end();
    }

    private String environmentText() {
        String from =
                environment.sources().isEmpty()
                        ? ""
                        : ", from " + String.join(" and ", environment.sources());
        return (environment.made() ? "new" : environment.repaired() ? "repaired" : "was there")
                + from;
    }

    private String packagesText() {
        if (packages.changed() == 0 && packages.removed() == 0) {
            return packages.installed() == 0
                    ? "none asked for"
                    : "all " + packages.installed() + " were there; nothing changed";
        }
        var text = new Page();
        text.append(packages.changed()).append(" installed");
        text.append(packages.removed() == 0 ? "" : ", " + packages.removed() + " removed");
        text.append(packages.fromLock() ? " from the lock" : "");
        int stored = packages.changed() - packages.downloaded();
        return text.append(" (")
                .append(stored)
                .append(" from the store, ")
                .append(packages.downloaded())
                .append(" downloaded)")
                .toString();
    }

    private String policyText() {
        if (policy.files() == 0) {
            return "shipped ("
                    + Figures.count(policy.shippedFiles(), "file")
                    + "); none of this project's own";
        }
        String own = "shipped + " + Figures.count(policy.files(), "file") + " of this project";
        if (policy.trusted()) {
            return own + " (trusted)";
        }
        return own
                + (policy.rulesOff() == 0
                        ? " (only narrowing rules: nothing to trust)"
                        : " (not trusted: "
                                + (policy.rulesOff() == 1
                                        ? "its 1 rule that opens something is off"
                                        : "its "
                                                + policy.rulesOff()
                                                + " rules that open something are off")
                                + "; blast trust)");
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("name", name)
                .with("python", python)
                .with("path", place)
                .with("environment", environment.json())
                .with("packages", packages.json())
                .with("strategies", strategies, StrategyText::json)
                .with("lockLookedPast", lookedPast == null ? null : StrategyText.json(lookedPast))
                .with("changes", changes, ChangeLines::json)
                .with("policy", policy.json())
                .with("sandbox", sandbox.json())
                .with("notRead", reading.notRead(), ProjectLine::json)
                .with("followed", reading.followed(), ProjectLine::json)
                .with("seconds", took);
    }
}
