package dev.blast.rules.explain;

import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.explain.Explanation.Change;
import java.util.function.Function;

/**
 * The same question asked a little differently, before that was tried.
 *
 * @param rule which would then answer, or not
 * @param ask asks it of a policy
 */
record OtherRequest(Change.OtherFact change, Rule rule, Function<Policy, Settled> ask) {}
