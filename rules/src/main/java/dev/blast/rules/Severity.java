package dev.blast.rules;

/** Whether a diagnostic stops a file from being loaded. */
public enum Severity {
    ERROR,
    WARNING
}
