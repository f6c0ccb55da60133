package dev.blast.rules.mutant;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.source.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A rule with one thing changed.
 *
 * @param rule as it stands in its file
 * @param origin where the change is
 * @param change in words
 * @param changed null where the changed rule would not load
 */
public record Mutant(Rule rule, Origin origin, String change, @Nullable Rule changed) {}
