package dev.blast.rules.source;

/** Whether a diagnostic stops a file from being loaded. */
public enum Severity {
    ERROR,
    WARNING
}
