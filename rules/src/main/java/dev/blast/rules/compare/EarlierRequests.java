package dev.blast.rules.compare;

import dev.blast.rules.vocabulary.Question;
import java.util.List;

/** What was asked before, as far as that is known; looked up for a question whose rules differ. */
@FunctionalInterface
public interface EarlierRequests {
    EarlierRequests NONE = _ -> List.of();

    List<EarlierRequest> of(Question question);
}
