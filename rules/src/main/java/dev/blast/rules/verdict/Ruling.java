package dev.blast.rules.verdict;

import java.util.List;

/**
 * Whether a session may, and why.
 *
 * @param because who says so: rules, or Blast itself; empty where nobody does
 */
public record Ruling(boolean allowed, List<Reason> because) {
    public Ruling {
        because = List.copyOf(because);
    }
}
