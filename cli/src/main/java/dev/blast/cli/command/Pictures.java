package dev.blast.cli.command;

import dev.blast.cli.report.GraphPage;
import dev.blast.cli.report.Picture;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.LiftedHold;
import dev.blast.packaging.PackageName;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.text.DependencyDrawing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is installed, to look at. */
final class Pictures {
    private Pictures() {}

    /** All of it. */
    static Picture of(DependencyGraph graph, Applied applied) {
        String lead =
                Figures.count(graph.members().size(), "package")
                        + ", with what each needs by its own metadata";
        return new GraphPage(
                drawing(graph, applied).all(applied.name() + ": who needs whom"), lead);
    }

    /** What leads to a package. */
    static Picture to(PackageName name, DependencyGraph graph, Applied applied) {
        return new GraphPage(
                drawing(graph, applied)
                        .to(name, "%s: why %s is here".formatted(applied.name(), name)),
                "what leads to it, by the metadata of what is installed");
    }

    private static DependencyDrawing drawing(DependencyGraph graph, Applied applied) {
        return new DependencyDrawing(graph, applied.name(), lifted(applied));
    }

    private static Map<PackageName, List<String>> lifted(Applied applied) {
        var remarks = new HashMap<PackageName, List<String>>();
        for (LiftedHold lifted : applied.lifted()) {
            remarks.computeIfAbsent(lifted.name(), _ -> new ArrayList<>())
                    .add(
                            "held back by \"%s\" (%s), and lifted"
                                    .formatted(lifted.rule(), lifted.at()));
        }
        return remarks;
    }
}
