package dev.blast.rules.compare;

import dev.blast.rules.trial.CaseDraft;
import java.util.List;

/**
 * An answer that an edit turns.
 *
 * @param question its name
 * @param examples one at least; each was asked of both
 * @param more how many more were found for which it turns alike
 */
public record Turn(
        TurnKind direction,
        String question,
        List<Example> examples,
        int more,
        Stance before,
        Stance after) {

    public Turn {
        examples = List.copyOf(examples);
    }

    /**
     * A request.
     *
     * @param request as the conditions of a rule would have it
     * @param by who has made it before; empty where nobody has
     */
    public record Example(String request, String by, CaseDraft draft) {}

    /** Whether somebody has asked before. */
    public boolean isAsked() {
        return examples.stream().anyMatch(it -> !it.by().isEmpty());
    }
}
