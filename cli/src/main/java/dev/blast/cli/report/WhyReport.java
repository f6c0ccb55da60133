package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a package is part of an environment: the paths from what was asked for to it, the shortest
 * first.
 *
 * @param version null where it is not part of the environment
 * @param paths each from the project's own requirement down to the package; empty where nothing
 *     asks for it
 * @param more how many further paths there are
 * @param uncounted whether there may be more still
 * @param otherwise why it is there although no path leads to it
 */
public record WhyReport(
        String name,
        @Nullable String version,
        List<List<Step>> paths,
        int more,
        boolean uncounted,
        String otherwise)
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

    public WhyReport {
        paths = paths.stream().map(List::copyOf).toList();
    }

    @Override
    public String text(Palette palette) {
        if (version == null) {
            return new Page(name).line(" is not part of this environment").toString();
        }
        var text = new Page(palette.strong(name + " " + version)).end();
        if (paths.isEmpty()) {
            return text.append("  ").append(otherwise).end().toString();
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
        return text.toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("name", name)
                .with("version", version)
                .with("paths", paths, path -> new JsonObject().with("steps", path, WhyReport::json))
                .with("morePaths", more)
                .with("morePathsUncounted", uncounted)
                .with("otherwise", paths.isEmpty() && version != null ? otherwise : null);
    }

    private static JsonObject json(Step step) {
        return new JsonObject()
                .with("by", step.by())
                .with("requirement", step.requirement())
                .with("origin", step.origin());
    }
}
