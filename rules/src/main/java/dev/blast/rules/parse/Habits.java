package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Operator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions as other languages write them: each is answered with how it is written here. */
final class Habits {
    private static final Set<String> NEGATED_IN = Set.of("not_in", "notin", "notIn", "nin");

    /** Words before a pattern, and what they mean. */
    private static final Map<String, String> BEFORE_PATTERNS =
            Map.of(
                    "no", "not",
                    "none", "not",
                    "never", "not",
                    "without", "not",
                    "unless", "not",
                    "some", "exists",
                    "any", "exists",
                    "has", "exists");

    private final Cursor cursor;

    Habits(Cursor cursor) {
        this.cursor = cursor;
    }

    /** {@code not yanked}, {@code !yanked}, {@code not port == 443}. */
    Flaw negated(Token sign) {
        Token field = cursor.peek(1);
        Token next = cursor.peek(2);
        boolean alone = next.is(",") || next.is(")") || next.is("&&") || next.is("||");
        Optional<Operator> operator =
                next.kind() == Kind.TEXT ? Optional.empty() : Operator.of(next.text());
        String compared = field.kind() == Kind.WORD ? field.text() : "yanked";
        String right = compared + operator.map(it -> " " + opposite(it)).orElse(" == false");
        Flaw flaw =
                cursor.problem(
                        Code.NEGATED_FIELD,
                        sign.span(),
                        sign.shown() + " before a constraint",
                        operator.isPresent()
                                ? "write the opposite: " + right
                                : "compare with false: " + right);
        if (field.kind() != Kind.WORD || !(alone || operator.isPresent())) {
            return flaw;
        }
        Token last = alone ? field : next;
        return flaw.mendedBy(cursor.source().correction(sign.span().to(last.span()), right));
    }

    private static String opposite(Operator operator) {
        return switch (operator) {
            case EQUAL -> "!=";
            case UNEQUAL -> "==";
            case LESS -> ">=";
            case AT_MOST -> ">";
            case MORE -> "<=";
            case AT_LEAST -> "<";
            case IN, CONTAINS, MATCHES, GLOB, UNDER, WITHIN, SATISFIES ->
                    "not " + operator.written();
        };
    }

    /** {@code 1 < port}, {@code 1 < port < 5}, or a value alone. */
    Flaw valueFirst(Token value) {
        Token sign = cursor.peek(1);
        if (sign.is(";")) {
            return cursor.problem(
                    Code.POSITIONAL_CONSTRAINT,
                    value.span().to(sign.span()),
                    "constraints by position",
                    "name the field: port == 443");
        }
        Token field = cursor.peek(2);
        Optional<Operator> operator = Operator.of(sign.text());
        if (operator.isEmpty() || operator.get().isWord() || field.kind() != Kind.WORD) {
            return cursor.problem(
                    Code.FIELD_EXPECTED,
                    value.span(),
                    "expected a field, as in port == 443, found " + value.beginning(),
                    "name the field again, or use in ( … )");
        }
        String turned = field.text() + " " + turned(operator.get()) + " " + value.text();
        Token second = cursor.peek(3);
        Token last = cursor.peek(4);
        if (Operator.of(second.text()).isPresent()) {
            String both = turned + ", " + field.text() + " " + second.text() + " " + last.text();
            Span span = value.span().to(last.span());
            return cursor.problem(
                            Code.CHAINED_COMPARISON,
                            span,
                            "two comparisons in one",
                            "write " + both)
                    .mendedBy(cursor.source().correction(span, both));
        }
        Span span = value.span().to(field.span());
        return cursor.problem(
                        Code.FIELD_EXPECTED,
                        span,
                        "the field stands behind its value",
                        "write " + turned)
                .mendedBy(cursor.source().correction(span, turned));
    }

    /** The operator for the two sides in the other order. */
    static String turned(Operator operator) {
        return switch (operator) {
            case LESS -> ">";
            case AT_MOST -> ">=";
            case MORE -> "<";
            case AT_LEAST -> "<=";
            case EQUAL, UNEQUAL, IN, CONTAINS, MATCHES, GLOB, UNDER, WITHIN, SATISFIES ->
                    operator.written();
        };
    }

    /** {@code Candidate.name}, {@code host.endsWith( … )}; at the dot. */
    Flaw parts(Token field) {
        Token part = cursor.peek(1);
        Span span = field.span().to(part.span());
        if (part.kind() == Kind.WORD && cursor.peek(2).is("(")) {
            String instead = Refusals.ofOperator(part.text());
            return cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    span,
                    "a method call is not in the policy language",
                    instead == null ? "compare a field: port == 443" : instead);
        }
        if (part.kind() == Kind.WORD && Facts.named(field.text()).isPresent()) {
            return cursor.problem(
                            Code.NOT_IN_LANGUAGE,
                            span,
                            "a field stands without the name of its fact",
                            "write " + part.text())
                    .mendedBy(cursor.source().correction(span, part.text()));
        }
        return cursor.problem(
                Code.NOT_IN_LANGUAGE,
                cursor.peek().span(),
                "a field has no parts",
                "compare the field itself; class names are not in the language");
    }

    /** {@code age : ageDays}, where a variable was meant. */
    boolean bindsAWord() {
        Token bound = cursor.peek(2);
        return cursor.at(Kind.WORD)
                && cursor.peek(1).is(":")
                && bound.kind() == Kind.WORD
                && !Set.of("true", "false", "null").contains(bound.text());
    }

    /** The variable that was meant by a word. */
    Token withDollar(Token word) {
        cursor.report(
                cursor.problem(
                                Code.VARIABLE_NAME,
                                word.span(),
                                "a variable begins with '$'",
                                "write $" + word.text())
                        .mendedBy(cursor.source().correction(word.span(), "$" + word.text())));
        return new Token(Kind.VARIABLE, "$" + word.text(), word.span());
    }

    /** {@code !in} and {@code not_in}: reported, and read as {@code not in} from now on. */
    boolean takesNot() {
        if (cursor.takeIf("not")) {
            return true;
        }
        Token word = cursor.peek();
        Token next = cursor.peek(1);
        boolean bang =
                word.is("!")
                        && next.kind() == Kind.WORD
                        && Operator.of(next.text()).filter(Operator::isWord).isPresent();
        if (!bang && !(word.kind() == Kind.WORD && NEGATED_IN.contains(word.text()))) {
            return false;
        }
        Span span = bang ? word.span().to(next.span()) : word.span();
        String right = "not " + (bang ? next.text() : "in");
        cursor.report(
                cursor.problem(
                                Code.UNKNOWN_OPERATOR,
                                span,
                                "no operator '" + cursor.source().text(span) + "'",
                                "write " + right)
                        .mendedBy(cursor.source().correction(span, right)));
        if (bang) {
            cursor.take();
        } else {
            cursor.readAs("in");
        }
        return true;
    }

    /** {@code port == ( 80, 443 )}: reported, and read as {@code in}. */
    Operator ofList(Operator operator, Token sign) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.UNEQUAL;
        if (!equality || !cursor.atList()) {
            return operator;
        }
        String right = operator == Operator.EQUAL ? "in" : "not in";
        cursor.report(
                cursor.problem(
                                Code.WRONG_OPERATOR,
                                sign.span(),
                                "'" + sign.text() + "' before several values",
                                "write " + right)
                        .mendedBy(cursor.source().correction(sign.span(), right)));
        return Operator.IN;
    }

    /** {@code port == 443 or 80}; at the word. */
    boolean isSecondValue(String compared) {
        Token word = cursor.peek();
        Token value = cursor.peek(1);
        boolean alone =
                (value.kind() == Kind.TEXT || value.kind() == Kind.NUMBER)
                        && Operator.of(cursor.peek(2).text()).isEmpty();
        if (!alone || compared.isEmpty()) {
            return false;
        }
        Span span = word.span().to(value.span());
        String right =
                (word.is("or") ? "|| " : "&& ")
                        + compared
                        + " "
                        + cursor.source().text(value.span());
        cursor.report(
                cursor.problem(
                                Code.WORD_BETWEEN_CONSTRAINTS,
                                span,
                                "a second value behind '" + word.text() + "'",
                                "write " + right + ", or in ( … )")
                        .mendedBy(cursor.source().correction(span, right)));
        cursor.take();
        cursor.take();
        return true;
    }

    /** {@code !Fact( )}, {@code no Fact( )}: reported, and read as the word that was meant. */
    void mendNegation() {
        Token word = cursor.peek();
        Token next = cursor.peek(1);
        boolean before =
                next.kind() == Kind.WORD
                        && Character.isUpperCase(next.text().charAt(0))
                        && cursor.peek(2).is("(");
        String right = "";
        if (word.is("!") && (before || next.is("("))) {
            right = "not";
        } else if (word.kind() == Kind.WORD && before && !Slips.isKeyword(word.text())) {
            right =
                    BEFORE_PATTERNS.getOrDefault(
                            word.text(),
                            Nearest.to(word.text(), List.of("not", "exists")).orElse(""));
        }
        if (!right.isEmpty()) {
            boolean touching = word.span().end() == next.span().start();
            cursor.report(
                    cursor.problem(
                                    Code.FACT_EXPECTED,
                                    word.span(),
                                    word.shown() + " before a pattern",
                                    "write " + right)
                            .mendedBy(
                                    cursor.source()
                                            .correction(
                                                    word.span(), right + (touching ? " " : ""))));
            cursor.readAs(right);
        }
    }

    /** {@code name == "torch"} as a condition; at the field, or at the fact before its dot. */
    Optional<Flaw> withoutItsFact() {
        Optional<FactType> named =
                cursor.peek(1).is(".") ? Facts.named(cursor.peek().text()) : Optional.empty();
        Token field = cursor.peek(named.isPresent() ? 2 : 0);
        Token sign = cursor.peek(named.isPresent() ? 3 : 1);
        boolean compared =
                field.kind() == Kind.WORD
                        && (sign.kind() == Kind.WORD || sign.kind() == Kind.SYMBOL)
                        && Operator.of(sign.text()).isPresent();
        List<FactType> facts =
                named.map(Stream::of)
                        .orElseGet(Facts.ALL::stream)
                        .filter(fact -> fact.field(field.text()).isPresent())
                        .toList();
        if (!compared || facts.isEmpty()) {
            return Optional.empty();
        }
        Span first = cursor.peek().span();
        do {
            cursor.take();
        } while (!cursor.atNewLine() && !cursor.atEndOfConditions() && !cursor.at(","));
        Span span = cursor.since(first);
        String inner = cursor.source().text(field.span().to(span));
        String right = "%s( %s )".formatted(subject(facts), inner);
        Flaw flaw =
                cursor.problem(
                        Code.FACT_EXPECTED,
                        span,
                        "a constraint without its fact",
                        "write " + right,
                        "'%s' is a field of %s"
                                .formatted(
                                        field.text(),
                                        facts.stream()
                                                .map(FactType::name)
                                                .collect(Collectors.joining(", "))));
        return Optional.of(
                facts.size() == 1 ? flaw.mendedBy(cursor.source().correction(span, right)) : flaw);
    }

    /** What a rule asks about, before what stands around it. */
    private static String subject(List<FactType> facts) {
        return facts.stream()
                .filter(fact -> !fact.equals(Facts.SESSION) && !fact.equals(Facts.DISTRIBUTION))
                .findFirst()
                .orElse(facts.getFirst())
                .name();
    }

    /** {@code Fact { … }}; at the bracket, which is passed over. */
    Flaw braces(Token fact) {
        Span open = cursor.peek().span();
        String close = cursor.take().is("{") ? "}" : "]";
        while (!cursor.at(close) && !cursor.atEndOfConditions()) {
            cursor.take();
        }
        cursor.takeIf(close);
        Span span = cursor.since(open);
        String inner = cursor.source().text(new Span(open.end(), span.end() - 1));
        String right = "(" + inner + ")";
        return cursor.problem(
                        Code.BRACKETS,
                        span,
                        "the constraints of a pattern in brackets",
                        "write " + fact.text() + right)
                .mendedBy(cursor.source().correction(span, right));
    }
}
