package dev.blast.environment.change;

import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is different between two generations, from the first to the second.
 *
 * @param packages that are not in both in one version, by name
 * @param requirements that only one of them has, in the order of the project
 * @param files that are not in both, or not the same, by path; empty where either has not kept them
 * @param lock whether the two locks differ; empty where either has not kept it
 * @param python the two versions of the interpreter, where they differ
 * @param policy the two revisions, where they differ
 * @param sandbox the two steps of the ladder, where they are known and differ
 */
public record GenerationDiff(
        List<PackageStep> packages,
        List<RequirementStep> requirements,
        Optional<List<FileStep>> files,
        Optional<Boolean> lock,
        Optional<Pair> python,
        Optional<Pair> policy,
        Optional<Pair> sandbox) {

    public GenerationDiff {
        packages = List.copyOf(packages);
        requirements = List.copyOf(requirements);
    }

    /** Two values of one thing. */
    public record Pair(String from, String to) {
        private static Optional<Pair> of(String from, String to) {
            return from.equals(to) ? Optional.empty() : Optional.of(new Pair(from, to));
        }
    }

    /**
     * A package.
     *
     * @param from its version; empty where it was not there
     * @param to its version; empty where it is not there
     */
    public record PackageStep(String name, String from, String to) {
        public boolean isAdded() {
            return from.isEmpty();
        }

        public boolean isRemoved() {
            return to.isEmpty();
        }
    }

    /**
     * A requirement.
     *
     * @param isAdded whether the second one has it
     */
    public record RequirementStep(Generation.Asked asked, boolean isAdded) {}

    /** What became of a file, link or folder. */
    public enum Step {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** A file, link or folder. */
    public record FileStep(String path, Step step) {}

    /** From nothing to the first one. */
    public static GenerationDiff first(Generation to) {
        return of(
                new Generation(
                        0,
                        "",
                        to.time(),
                        to.occasion(),
                        "",
                        to.python(),
                        to.policy(),
                        List.of(),
                        List.of(),
                        List.of()),
                to);
    }

    /** The packages and requirements alone, from what the history lists. */
    public static GenerationDiff of(Generation from, Generation to) {
        return new GenerationDiff(
                packages(from, to),
                requirements(from, to),
                Optional.empty(),
                Optional.empty(),
                Pair.of(from.python(), to.python()),
                Pair.of(from.policy(), to.policy()),
                Pair.of(from.occasion().sandbox(), to.occasion().sandbox())
                        .filter(it -> !it.from().isEmpty() && !it.to().isEmpty()));
    }

    /** The same with what each of them left, where that is kept. */
    public GenerationDiff with(Optional<Restorable> from, Optional<Restorable> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return this;
        }
        return new GenerationDiff(
                packages,
                requirements,
                Optional.of(files(from.get().tree(), to.get().tree())),
                Optional.of(!from.get().lock().equals(to.get().lock())),
                python,
                policy,
                sandbox);
    }

    private static List<PackageStep> packages(Generation from, Generation to) {
        Map<String, String> before = versions(from);
        Map<String, String> after = versions(to);
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var steps = new ArrayList<PackageStep>();
        for (String name : names) {
            var step =
                    new PackageStep(
                            name, before.getOrDefault(name, ""), after.getOrDefault(name, ""));
            if (!step.from().equals(step.to())) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static Map<String, String> versions(Generation generation) {
        var versions = new TreeMap<String, String>();
        generation.packages().forEach(it -> versions.put(it.name(), it.version()));
        return versions;
    }

    private static List<RequirementStep> requirements(Generation from, Generation to) {
        var steps = new ArrayList<RequirementStep>();
        from.requirements().stream()
                .filter(it -> to.requirements().stream().noneMatch(other -> isSame(it, other)))
                .forEach(it -> steps.add(new RequirementStep(it, false)));
        to.requirements().stream()
                .filter(it -> from.requirements().stream().noneMatch(other -> isSame(it, other)))
                .forEach(it -> steps.add(new RequirementStep(it, true)));
        return steps;
    }

    /** Wherever it stands in its file. */
    private static boolean isSame(Generation.Asked one, Generation.Asked other) {
        return one.requirement().equals(other.requirement()) && one.group().equals(other.group());
    }

    private static List<FileStep> files(Tree from, Tree to) {
        var steps = new ArrayList<FileStep>();
        var paths = new TreeSet<String>();
        from.entries().forEach(it -> paths.add(it.path()));
        to.entries().forEach(it -> paths.add(it.path()));
        for (String path : paths) {
            Optional<TreeEntry> before = from.at(path);
            Optional<TreeEntry> after = to.at(path);
            if (before.isEmpty()) {
                steps.add(new FileStep(path, Step.ADDED));
            } else if (after.isEmpty()) {
                steps.add(new FileStep(path, Step.REMOVED));
            } else if (!before.equals(after)) {
                steps.add(new FileStep(path, Step.CHANGED));
            }
        }
        return steps;
    }
}
