package dev.blast.rules.fact;

/** A layer of the sandbox that the policy asks for and this kernel does not have. */
public record MissingLayer(SandboxLayer layer) implements Judged {}
