package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * The packages of an environment as a tree, from what its project asks for down.
 *
 * @param packages how many there are
 * @param roots what is asked for by name, then what nothing leads to
 */
public record TreeReport(String environment, int packages, List<Branch> roots) implements Report {

    /** Why a branch ends. */
    public enum Fold {
        /** It has all that it requires below it. */
        OPEN,
        /** What it requires stands where it comes first. */
        SHOWN,
        /** It stands above itself. */
        CIRCLE
    }

    /**
     * One package where it is required.
     *
     * @param extras those that anything asks for
     * @param requirement as the one above writes it: {@code urllib3 >=1.21,<3}; empty where nothing
     *     leads to it
     * @param origins where the project asks for it
     */
    public record Branch(
            String name,
            String version,
            List<String> extras,
            String requirement,
            List<String> origins,
            Fold fold,
            List<Branch> below) {
        public Branch {
            extras = List.copyOf(extras);
            origins = List.copyOf(origins);
            below = List.copyOf(below);
        }
    }

    public TreeReport {
        roots = List.copyOf(roots);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append(environment).append(": ").line(Figures.count(packages, "package"));
        for (Branch root : roots) {
            write(root, "", "", text, palette);
        }
        if (roots.stream().anyMatch(TreeReport::isFolded)) {
            text.line("(*) what it requires stands where it comes first");
        }
        return text.toString();
    }

    private static boolean isFolded(Branch branch) {
        return branch.fold() == Fold.SHOWN
                || branch.below().stream().anyMatch(TreeReport::isFolded);
    }

    private static void write(
            Branch branch, String lead, String leadBelow, Page text, Palette palette) {
        text.append(lead)
                .append(part(branch.name(), branch.extras()))
                .append(" ")
                .append(branch.version())
                .append(
                        switch (branch.fold()) {
                            case OPEN -> "";
                            case SHOWN -> " (*)";
                            case CIRCLE -> " (circle)";
                        })
                .append(palette.faint(asked(branch)))
                .end();
        List<Branch> below = branch.below();
        for (int place = 0; place < below.size(); place++) {
            boolean last = place == below.size() - 1;
            write(
                    below.get(place),
                    leadBelow + (last ? "└── " : "├── "),
                    leadBelow + (last ? "    " : "│   "),
                    text,
                    palette);
        }
    }

    private static String asked(Branch branch) {
        if (branch.requirement().isEmpty()) {
            return "   nothing asks for it";
        }
        String origins = String.join("; ", branch.origins());
        return "   " + branch.requirement() + (origins.isEmpty() ? "" : "   " + origins);
    }

    /** {@code httpx[http2]}. */
    static String part(String name, List<String> extras) {
        return name + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]");
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", environment)
                .with("packages", packages)
                .with("roots", roots, TreeReport::json);
    }

    private static JsonObject json(Branch branch) {
        return new JsonObject()
                .with("name", branch.name())
                .with("version", branch.version())
                .with("extras", branch.extras())
                .with("requirement", branch.requirement())
                .with("origins", branch.origins())
                .with("fold", branch.fold())
                .with("below", branch.below(), TreeReport::json);
    }
}
