package dev.blast.rules.parse;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Drools' parser reads as something else than the name of a package. */
final class PackageWords {
    private static final Set<String> OTHERS = Set.of("true", "false", "null");

    private PackageWords() {}

    /** What is wrong with the package of a file that can be read. */
    static Optional<Diagnostic> problem(Source source) {
        List<Token> tokens = Tokenizer.tokens(source.text());
        if (!tokens.getFirst().is("package")) {
            return Optional.empty();
        }
        int last = 1;
        boolean refused = OTHERS.contains(tokens.get(1).text());
        while (tokens.get(last + 1).is(".")) {
            last += 2;
            refused |= OTHERS.contains(tokens.get(last).text());
        }
        Span span = tokens.getFirst().span().to(tokens.get(last).span());
        return refused || source.text(span).indexOf('\n') >= 0
                ? Optional.of(
                        source.diagnostic(
                                Code.PACKAGE_NAME,
                                span,
                                "not a name for a package",
                                "words with dots between them, on one line, and none of them true, false or null"))
                : Optional.empty();
    }
}
