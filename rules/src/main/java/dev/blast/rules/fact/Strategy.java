package dev.blast.rules.fact;

/** A strategy by its name: the rules that match it say what it wants. */
public record Strategy(String name) {}
