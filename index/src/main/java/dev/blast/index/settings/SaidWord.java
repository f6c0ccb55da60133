package dev.blast.index.settings;

/**
 * A word that somebody has set for another program.
 *
 * @param by the variable, or where it stands
 */
public record SaidWord(String word, String by) {}
