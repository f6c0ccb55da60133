package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;

/**
 * A layer that the policy asks for and that is not to be had here.
 *
 * @param why what was tried and what the kernel answered, as a sentence
 * @param remedy what a person can do about it
 */
public record MissingLayer(SandboxLayer layer, String why, String remedy) {}
