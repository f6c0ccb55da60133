package dev.blast.rules.source;

/** Where a policy file comes from, from outside in. What narrows counts from every layer. */
public enum Layer {
    SHIPPED,
    SYSTEM,
    USER,
    PROJECT
}
