package dev.blast.rules.checked;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;

/**
 * What the files of one loading come to once everything in them is written out: the words of a rule
 * for each way in which it can match, a regular expression with its repetitions.
 */
public final class Growth {
    private static final int MOST = 400_000;

    private long left = MOST;

    void take(long words, Source source, Span span) throws Flaw {
        left -= words;
        if (left < 0) {
            throw new Flaw(
                    source.diagnostic(
                            Code.TOO_MANY,
                            span,
                            "with this the policies grow to more than %,d words".formatted(MOST),
                            "fewer alternatives and repetitions, or fewer rules"));
        }
    }
}
