package dev.blast.cli.command;

import dev.blast.cli.report.ChangeLine;
import dev.blast.environment.change.GenerationDiff;
import dev.blast.packaging.Version;
import java.util.ArrayList;
import java.util.List;

/** What is different between generations, as lines of a report. */
final class Generations {
    private Generations() {}

    static List<ChangeLine> packages(GenerationDiff diff) {
        return diff.packages().stream().map(Generations::line).toList();
    }

    private static ChangeLine line(GenerationDiff.PackageStep step) {
        if (step.isAdded()) {
            return new ChangeLine(ChangeLine.Kind.ADDED, step.name(), null, step.to(), "");
        }
        if (step.isRemoved()) {
            return new ChangeLine(ChangeLine.Kind.REMOVED, step.name(), step.from(), null, "");
        }
        boolean older = Version.parse(step.to()).compareTo(Version.parse(step.from())) < 0;
        return new ChangeLine(
                older ? ChangeLine.Kind.DOWNGRADED : ChangeLine.Kind.REPLACED,
                step.name(),
                step.from(),
                step.to(),
                "");
    }

    static List<ChangeLine> requirements(GenerationDiff diff) {
        var lines = new ArrayList<ChangeLine>();
        for (GenerationDiff.RequirementStep step : diff.requirements()) {
            String part = step.asked().group().isEmpty() ? "" : ", " + step.asked().group();
            lines.add(
                    new ChangeLine(
                            step.isAdded() ? ChangeLine.Kind.ADDED : ChangeLine.Kind.REMOVED,
                            step.asked().requirement(),
                            step.isAdded() ? null : "",
                            step.isAdded() ? "" : null,
                            step.asked().origin() + part));
        }
        return lines;
    }
}
