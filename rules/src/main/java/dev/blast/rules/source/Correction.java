package dev.blast.rules.source;

/**
 * A change of a file that mends a mistake for certain: what stands from one place up to another is
 * replaced by a text; where both are one place, it is put in there.
 */
public record Correction(Position begin, Position end, String text) {}
