package dev.blast.rules.explain;

import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation.Change;
import java.util.List;
import java.util.function.Function;

/**
 * A rule that might turn a verdict, before that was tried.
 *
 * @param before what has to be done first
 * @param file the kind of file that it goes into: {@code network}
 * @param conditions its patterns, each a line
 * @param statement what it says
 * @param ask asks the question again, as things are once the rest is done
 */
record Proposal(
        List<Change> before,
        String file,
        List<String> conditions,
        String statement,
        Function<Policy, Settled> ask) {
    Proposal {
        before = List.copyOf(before);
        conditions = List.copyOf(conditions);
    }
}
