package dev.blast.rules.assist;

import dev.blast.rules.parse.Bounds;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.source.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a policy file, with the word that it touches.
 *
 * @param tokens of the whole file
 * @param before how many stand before the word, or the place
 * @param word that the place lies in or touches; null where there is none
 * @param isInComment nothing is known of those
 */
record Place(
        String text,
        int offset,
        List<Token> tokens,
        int before,
        @Nullable Token word,
        boolean isInComment) {

    /** Where something is typed: a word counts that the place lies in or right behind. */
    static Place typed(String text, int offset) {
        return at(text, offset, false);
    }

    /** Where something is pointed at: the character behind the place counts too. */
    static Place pointed(String text, int offset) {
        return at(text, offset, true);
    }

    private static Place at(String text, int offset, boolean behindCounts) {
        List<Token> tokens = text.length() > Bounds.MAX_FILE ? List.of() : Tokenizer.tokens(text);
        int before = 0;
        @Nullable Token word = null;
        while (before < tokens.size()) {
            Token token = tokens.get(before);
            Span span = token.span();
            boolean begins = behindCounts ? span.start() <= offset : span.start() < offset;
            if (token.kind() == Kind.END || !begins) {
                break;
            }
            boolean isOpen = token.kind() != Kind.SYMBOL && token.kind() != Kind.TEXT;
            if (offset < span.end() || (isOpen && offset == span.end())) {
                word = token;
                break;
            }
            before++;
        }
        int behind = before == 0 ? 0 : tokens.get(before - 1).span().end();
        return new Place(
                text,
                offset,
                tokens,
                before,
                word,
                word == null && isComment(text.substring(Math.min(behind, offset), offset)));
    }

    /** Whether what stands between two words ends within a comment. */
    private static boolean isComment(String between) {
        int line = between.lastIndexOf('\n');
        return between.indexOf("//", Math.max(0, line)) >= 0
                || between.lastIndexOf("/*") > between.lastIndexOf("*/");
    }

    Spot spot() {
        return isInComment ? new Spot.Elsewhere() : Spots.behind(tokens.subList(0, before));
    }

    /** The rule around it. */
    Optional<RuleStretch> rule() {
        return tokens.isEmpty()
                ? Optional.empty()
                : RuleStretch.in(tokens).stream()
                        .filter(rule -> rule.tokens().getFirst().span().start() <= offset)
                        .reduce((_, last) -> last);
    }

    /** Whether it lies between quotes. */
    boolean isInText() {
        return word != null && word.text().startsWith("\"") && offset > word.span().start();
    }

    /** Between the quotes; up to the place where the text has no end. */
    Span content(Token quoted) {
        Span span = quoted.span();
        return quoted.kind() == Kind.TEXT
                ? new Span(span.start() + 1, span.end() - 1)
                : new Span(span.start() + 1, Math.max(span.start() + 1, offset));
    }

    /**
     * What stands there now and would be replaced: the word, what is between the quotes, or
     * nothing.
     */
    Span replaced() {
        if (word == null
                || (word.kind() != Kind.WORD
                        && word.kind() != Kind.VARIABLE
                        && !isInText()
                        && word.kind() != Kind.SYMBOL)) {
            return new Span(offset, offset);
        }
        return isInText() ? content(word) : word.span();
    }

    /** What follows the word. */
    boolean isFollowedBy(String sign) {
        int next = before + (word == null ? 0 : 1);
        return next < tokens.size() && tokens.get(next).is(sign);
    }
}
