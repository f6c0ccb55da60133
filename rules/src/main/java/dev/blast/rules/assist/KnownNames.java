package dev.blast.rules.assist;

import java.util.SortedSet;

/**
 * The names that stand in no table of the language.
 *
 * @param strategies that rules define
 * @param packages that are installed, locked or asked for
 */
public record KnownNames(SortedSet<String> strategies, SortedSet<String> packages) {}
