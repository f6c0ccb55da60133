package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.List;

/**
 * What a program may have of memory where no cgroup counts it.
 *
 * @param folders inside, that are memory too
 */
public record MemoryBudget(Limit bytes, List<Path> folders) {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    public MemoryBudget {
        folders = List.copyOf(folders);
    }

    /** With the folders that these steps make. */
    static MemoryBudget of(Limit bytes, List<Step> inside) {
        return new MemoryBudget(
                bytes,
                inside.stream()
                        .<Path>mapMulti((step, found) -> {
                            if (step instanceof Step.Temporary temporary) {
                                found.accept(temporary.path());
                            } else if (step instanceof Step.Devices) {
                                found.accept(SHARED_MEMORY);
                            }
                        })
                        .toList());
    }
}
