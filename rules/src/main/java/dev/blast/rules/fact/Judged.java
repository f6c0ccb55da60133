package dev.blast.rules.fact;

/** What rules give a verdict about. */
public interface Judged {}
