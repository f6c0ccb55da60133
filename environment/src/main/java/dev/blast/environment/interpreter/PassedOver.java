package dev.blast.environment.interpreter;

import java.nio.file.Path;

/**
 * An interpreter that was found and not taken: "3.9.18, not >=3.11", "does not start: exit code
 * 127".
 */
public record PassedOver(Path executable, String why) {}
