package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;

/**
 * What keeps a program from what is outside, beside the filter of system calls.
 *
 * @param processes a pid namespace keeps others from being named
 * @param network a network namespace leads nowhere
 * @param signals Landlock keeps signals inside
 */
public record Isolation(boolean processes, boolean network, boolean signals) {

    public static Isolation by(KernelFeatures kernel) {
        boolean namespaces = kernel.has(SandboxLayer.USER_NAMESPACE);
        return new Isolation(
                namespaces,
                namespaces && kernel.has(SandboxLayer.NETWORK),
                kernel.landlockAbi() >= Landlock.SCOPES_SIGNALS);
    }
}
