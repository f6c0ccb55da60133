package dev.blast.rules.fact;

/** How bad a hole is by those who wrote of it: the ratings of CVSS 3.1, section 5. */
public enum AdvisorySeverity {
    /** Nobody has said. */
    UNKNOWN,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
