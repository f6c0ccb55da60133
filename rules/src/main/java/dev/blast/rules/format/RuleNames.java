package dev.blast.rules.format;

import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Quoted;
import java.util.ArrayList;
import java.util.List;

/** The names of the rules of a file, where they are given. Pure. */
public final class RuleNames {
    private RuleNames() {}

    /** Where rules are called so, with the quotes, in their order. */
    public static List<Span> of(String text, String name) {
        String written = Quoted.of(name);
        List<Token> tokens = Tokenizer.tokens(text);
        var spans = new ArrayList<Span>();
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (tokens.get(i - 1).is("rule")
                    && token.kind() == Kind.TEXT
                    && token.text().equals(written)) {
                spans.add(token.span());
            }
        }
        return spans;
    }

    /** The text with another name at that place. */
    public static String renamed(String text, Span place, String name) {
        return text.substring(0, place.start()) + Quoted.of(name) + text.substring(place.end());
    }
}
