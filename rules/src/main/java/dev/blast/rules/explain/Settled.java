package dev.blast.rules.explain;

import dev.blast.rules.verdict.Answered;
import java.util.List;

/**
 * What came of a question.
 *
 * @param verdict in a word or two
 * @param asWanted whether that is what was wanted of it
 * @param deciding the answers of rules that made it so
 */
record Settled(String verdict, boolean asWanted, List<Answered> deciding) {}
