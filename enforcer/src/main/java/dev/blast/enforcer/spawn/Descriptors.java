package dev.blast.enforcer.spawn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of this process that a child starts with; all of them close when it goes through
 * execve.
 *
 * @param control the child's end of the line to its starter
 * @param report where the first process says how its walls are
 * @param init the first process's program
 * @param standard where 0, 1 and 2 lead; null for what this process has itself
 * @param cgroupJoins files of cgroup v1 to each of which the child writes itself
 * @param cgroup the folder of the cgroup v2 in which the child is born, null for none
 */
public record Descriptors(
        int control,
        int report,
        int init,
        List<@Nullable Integer> standard,
        List<Integer> cgroupJoins,
        @Nullable Integer cgroup) {}
