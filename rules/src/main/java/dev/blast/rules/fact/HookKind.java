package dev.blast.rules.fact;

/** The ways in which a file of a distribution gets to run when an interpreter starts. */
public enum HookKind {
    PTH,
    START,
    SITECUSTOMIZE,
    USERCUSTOMIZE
}
