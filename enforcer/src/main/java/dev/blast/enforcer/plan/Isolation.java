package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;

/**
 * What keeps a program from what is outside, beside the filter of system calls.
 *
 * @param processes pid and ipc namespaces keep others from being named, and what they share
 * @param network a network namespace leads nowhere
 * @param signals Landlock keeps signals inside
 * @param lengths a root of its own, or Landlock, keeps files outside from being cut off
 * @param gate somebody outside connects for it, or refuses
 */
public record Isolation(
        boolean processes, boolean network, boolean signals, boolean lengths, boolean gate) {

    /**
     * What a kernel gives.
     *
     * @param gate whether one is wanted
     */
    public static Isolation by(KernelFeatures kernel, boolean gate) {
        boolean namespaces = kernel.has(SandboxLayer.USER_NAMESPACE);
        boolean network = namespaces && kernel.has(SandboxLayer.NETWORK);
        return new Isolation(
                namespaces,
                network,
                kernel.landlockAbi() >= Landlock.SCOPES_SIGNALS,
                namespaces || kernel.landlockAbi() >= Landlock.GOVERNS_LENGTHS,
                gate
                        && network
                        && kernel.has(SandboxLayer.SECCOMP)
                        && kernel.has(SandboxLayer.EGRESS));
    }
}
