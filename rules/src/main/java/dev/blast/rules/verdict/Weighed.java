package dev.blast.rules.verdict;

import java.util.List;

/**
 * A judgement with the answers that decided it, and so with the facts that they were given on.
 *
 * @param deciding those of which the judgement has the reasons, in the same order
 */
public record Weighed(Judgement judgement, List<Answered> deciding) {}
