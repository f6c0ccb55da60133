package dev.blast.cli.command;

import dev.blast.cli.report.GraphPage;
import dev.blast.cli.report.Picture;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.change.Applied;
import dev.blast.packaging.PackageName;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.text.DependencyDrawing;

/** What is installed, to look at. */
final class Pictures {
    private Pictures() {}

    /** All of it. */
    static Picture of(DependencyGraph graph, Applied applied, PackageRemarks remarks) {
        String lead =
                Figures.count(graph.members().size(), "package")
                        + ", with what each needs by its own metadata"
                        + (remarks.downloadBytes() == 0
                                ? ""
                                : "; " + Figures.size(remarks.downloadBytes()) + " to download");
        return new GraphPage(
                drawing(graph, applied, remarks).all(applied.name() + ": who needs whom"), lead);
    }

    /** What leads to a package. */
    static Picture to(
            PackageName name, DependencyGraph graph, Applied applied, PackageRemarks remarks) {
        return new GraphPage(
                drawing(graph, applied, remarks)
                        .to(name, "%s: why %s is here".formatted(applied.name(), name)),
                "what leads to it, by the metadata of what is installed");
    }

    private static DependencyDrawing drawing(
            DependencyGraph graph, Applied applied, PackageRemarks remarks) {
        return new DependencyDrawing(graph, applied.name(), remarks.byName());
    }
}
