package dev.blast.enforcer.spawn;

import dev.blast.enforcer.plan.Ladder;
import dev.blast.enforcer.plan.StandIn;
import java.util.List;

/**
 * What is in force around a started program, read back from the kernel after the last step and
 * before the program's first instruction.
 *
 * @param namespacesCreated every planned namespace differs from the caller's ({@code /proc/PID/ns})
 * @param cgroupsConfigured the program is in its own cgroups and every limit asked for reads back
 * @param networkConfigured its network namespace is its own and holds nothing but its own loopback,
 *     without a route out
 * @param egressConfigured the sockets of a gate are there, and it has taken them
 * @param filesystemConfigured its root is ours and every planned mount is there with its flags
 *     ({@code /proc/PID/mountinfo})
 * @param seccompActive a filter is in force, and {@code no_new_privs} ({@code /proc/PID/status})
 * @param landlockActive a file that only Landlock withholds was tried and refused
 * @param initialized all that was planned is in force
 * @param ladder the step of the ladder
 * @param standIns what stands in for what is missing
 */
public record SandboxState(
        boolean namespacesCreated,
        boolean cgroupsConfigured,
        boolean networkConfigured,
        boolean egressConfigured,
        boolean filesystemConfigured,
        boolean seccompActive,
        boolean landlockActive,
        boolean initialized,
        Ladder ladder,
        List<StandIn> standIns) {}
