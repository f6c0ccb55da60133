package dev.blast.rules;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import java.util.List;

/**
 * One rule in a listing.
 *
 * @param question the name of the question that it answers: {@code startup hook}
 * @param topic the word by which rules of that and related questions are listed: {@code startup}
 * @param verbs what it does, as written: {@code allow()}
 * @param inForce false where it would count only if somebody stood behind its file
 */
public record RuleSummary(
        Origin origin,
        String name,
        Layer layer,
        String question,
        String topic,
        String reason,
        List<String> verbs,
        boolean opens,
        boolean inForce) {
    public RuleSummary {
        verbs = List.copyOf(verbs);
    }
}
