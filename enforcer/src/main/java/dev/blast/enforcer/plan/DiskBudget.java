package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a program may put on the disk beside what is there when it starts.
 *
 * @param trees where it can write; none lies in another
 * @param except in these trees, where it cannot
 */
public record DiskBudget(
        Optional<Limit> bytes, Optional<Limit> files, List<Path> trees, List<Path> except) {
    public DiskBudget {
        trees = List.copyOf(trees);
        except = List.copyOf(except);
    }

    /**
     * By the limits of a policy; empty where it has none of the disk.
     *
     * @param inside the steps that fill the new root
     * @param privateFolder what stands in for temporary folders where nothing can be mounted
     */
    public static Optional<DiskBudget> of(
            Limits limits, List<Step> inside, @Nullable Path privateFolder) {
        if (limits.diskBytes() == null && limits.files() == null) {
            return Optional.empty();
        }
        List<Path> writable = new ArrayList<>();
        List<Path> except = new ArrayList<>();
        for (Step step : inside) {
            switch (step) {
                case Step.Bind(Source source, boolean write) when !source.device() ->
                        (write ? writable : except).add(source.path());
                case Step.Overlay(Source _, Source place) -> writable.add(place.path());
                case Step.BindCopy(Source copy, Path _) -> writable.add(copy.path());
                case Step.Temporary temporary -> except.add(temporary.path());
                case Step.Hide(Path path, boolean _) -> except.add(path);
                default -> {} // nothing of the machine's
            }
        }
        if (privateFolder != null) {
            writable.add(privateFolder);
        }
        // One that lies in another is walked with it, unless something read-only is between them.
        List<Path> trees =
                writable.stream()
                        .filter(path ->
                                writable.stream().noneMatch(it -> isBelow(path, it, except)))
                        .toList();
        return Optional.of(
                new DiskBudget(
                        Optional.ofNullable(limits.diskBytes()),
                        Optional.ofNullable(limits.files()),
                        trees,
                        except.stream()
                                .filter(path -> trees.stream().anyMatch(path::startsWith))
                                .toList()));
    }

    private static boolean isBelow(Path path, Path above, List<Path> except) {
        return !path.equals(above)
                && path.startsWith(above)
                && except.stream().noneMatch(it -> path.startsWith(it) && it.startsWith(above));
    }
}
