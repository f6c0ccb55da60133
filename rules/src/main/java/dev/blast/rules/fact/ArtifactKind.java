package dev.blast.rules.fact;

/** The kind of a distribution file. */
public enum ArtifactKind {
    WHEEL,
    SDIST
}
