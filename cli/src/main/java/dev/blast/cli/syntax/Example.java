package dev.blast.cli.syntax;

/** A line to copy, and what it does. */
record Example(String line, String effect) {}
