package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.GenerationDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two generations.
 *
 * @param requirements with a sign, and where each stands
 * @param files that differ; null where one of the two has not kept them
 * @param listed whether each of them is named
 * @param lock whether the two locks differ; null where that is not kept
 * @param python both versions, null where they are the same
 * @param policy both revisions, null where they are the same
 * @param sandbox both steps of the ladder, null where they are the same or not known
 */
public record GenerationDiffReport(
        String name,
        int from,
        int to,
        List<ChangeLine> packages,
        List<ChangeLine> requirements,
        @Nullable List<GenerationDiff.FileStep> files,
        boolean listed,
        @Nullable Boolean lock,
        GenerationDiff.@Nullable Pair python,
        GenerationDiff.@Nullable Pair policy,
        GenerationDiff.@Nullable Pair sandbox)
        implements Report {

    public GenerationDiffReport {
        packages = List.copyOf(packages);
        requirements = List.copyOf(requirements);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page(name).append(": generation ").append(from).append(" → ").append(to);
        text.end();
        text.lines(ChangeLines.text(packages, palette));
        if (packages.isEmpty()) {
            text.line("  the same packages");
        }
        if (!requirements.isEmpty()) {
            text.line("asked for");
            text.lines(ChangeLines.text(requirements, palette));
        }
        pair("python", python, text);
        pair("policy", policy, text);
        pair("sandbox", sandbox, text);
        if (lock != null) {
            text.append("lock: ").line(lock ? "another one" : "the same");
        }
        List<GenerationDiff.FileStep> steps = files;
        if (steps == null) {
            return text.line("files: not kept of one of the two").toString();
        }
        text.append("files: ").line(counts(steps));
        if (listed) {
            for (GenerationDiff.FileStep step : steps) {
                text.append("  ").append(sign(step.step())).append(' ').append(step.path()).end();
            }
        }
        return text.toString();
    }

    private static void pair(String what, GenerationDiff.@Nullable Pair pair, Page text) {
        if (pair != null) {
            text.append(what)
                    .append(": ")
                    .append(shown(pair.from()))
                    .append(" → ")
                    .append(shown(pair.to()))
                    .end();
        }
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }

    private static String counts(List<GenerationDiff.FileStep> steps) {
        if (steps.isEmpty()) {
            return "the same";
        }
        return "%s added, %d changed, %d removed"
                .formatted(
                        Figures.count(count(steps, GenerationDiff.Step.ADDED)),
                        count(steps, GenerationDiff.Step.CHANGED),
                        count(steps, GenerationDiff.Step.REMOVED));
    }

    private static int count(List<GenerationDiff.FileStep> steps, GenerationDiff.Step step) {
        return (int) steps.stream().filter(it -> it.step() == step).count();
    }

    private static char sign(GenerationDiff.Step step) {
        return switch (step) {
            case ADDED -> ChangeLine.Kind.ADDED.sign();
            case REMOVED -> ChangeLine.Kind.REMOVED.sign();
            case CHANGED -> ChangeLine.Kind.REPLACED.sign();
        };
    }

    @Override
    public JsonObject json() {
        List<GenerationDiff.FileStep> steps = files;
        var json =
                new JsonObject()
                        .with("environment", name)
                        .with("from", from)
                        .with("to", to)
                        .with("packages", packages, ChangeLines::json)
                        .with("requirements", requirements, ChangeLines::json)
                        .with("python", json(python))
                        .with("policy", json(policy))
                        .with("sandbox", json(sandbox));
        if (lock != null) {
            json.with("lockDiffers", lock.booleanValue());
        }
        return steps == null
                ? json
                : json.with(
                        "files",
                        steps,
                        step ->
                                new JsonObject()
                                        .with("path", step.path())
                                        .with("step", step.step()));
    }

    private static @Nullable JsonObject json(GenerationDiff.@Nullable Pair pair) {
        return pair == null
                ? null
                : new JsonObject().with("from", pair.from()).with("to", pair.to());
    }
}
