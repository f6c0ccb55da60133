package dev.blast.index;

/** A file was taken back by its publisher (PEP 592). The reason is empty where none was given. */
public record Yanked(String reason) {}
