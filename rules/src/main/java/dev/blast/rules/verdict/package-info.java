/**
 * Answers as decided: what rules said together.
 *
 * <p>An {@code Answered} is one answer of one rule on the facts that it matched. A {@code Tally}
 * puts aside what does not count; what is left is weighed into a {@link Judgement} (allowed, held,
 * denied), a {@link SandboxPolicy} (what a session may see and use) or a {@link StrategyChoice}.
 * Each of them carries its {@link Reason}s: rule, file, line.
 */
@NullMarked
package dev.blast.rules.verdict;

import org.jspecify.annotations.NullMarked;
