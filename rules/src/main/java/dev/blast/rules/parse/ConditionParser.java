package dev.blast.rules.parse;

import dev.blast.rules.parse.RuleTree.Unread;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands between {@code when} and {@code then}: patterns, {@code not}, {@code exists},
 * {@code and}, {@code or}.
 */
final class ConditionParser {
    /** Of one rule. What is joined of so many is never answered in time. */
    private static final int MAX_PATTERNS = 100;

    private final Cursor cursor;
    private final ConstraintParser constraints;
    private final Habits habits;

    /** Of the rule that is read. */
    private final Set<String> lost = new HashSet<>();

    private boolean factsLost;
    private int patterns;

    ConditionParser(Cursor cursor, OperandParser operands) {
        this.cursor = cursor;
        constraints = new ConstraintParser(cursor, operands, lost);
        habits = new Habits(cursor);
    }

    /** What of the conditions that were read last could not be read. */
    Unread unread() {
        var unread = new Unread(Set.copyOf(lost), factsLost);
        lost.clear();
        factsLost = false;
        return unread;
    }

    /** Whether a condition begins here, whatever went before. */
    boolean begin() {
        return cursor.at("not")
                || cursor.at("exists")
                || (cursor.at(Kind.VARIABLE) && cursor.peek(1).is(":"))
                || (cursor.at(Kind.WORD)
                        && Character.isUpperCase(cursor.peek().text().charAt(0))
                        && cursor.peek(1).is("("));
    }

    /**
     * Conditions one after another mean the same as {@code and} between them. One that cannot be
     * read is reported and left out.
     */
    Condition conditions() {
        patterns = 0;
        int braces = 0;
        Span first = cursor.peek().span();
        List<Condition> parts = new ArrayList<>();
        while (!cursor.atEndOfConditions() && !cursor.atAnswer() && !isThenMeant()) {
            if (cursor.at("}") && braces > 0) {
                cursor.take();
                braces--;
            } else if (cursor.at("{")) {
                braces++;
                cursor.takeBrace("conditions in braces");
            } else if (!isMisplaced(parts.isEmpty())) {
                int begin = cursor.place();
                int depth = cursor.depth();
                try {
                    parts.add(alternatives());
                } catch (Flaw e) {
                    cursor.report(e);
                    cursor.surface(depth);
                    skipCondition(begin);
                }
            }
        }
        return new Condition.And(parts.isEmpty() ? first : cursor.since(first), List.copyOf(parts));
    }

    private boolean isThenMeant() {
        return isBeforeAnswer() && cursor.meant(Code.MISSING_THEN, "then");
    }

    private boolean isBeforeAnswer() {
        Token next = cursor.peek(1);
        boolean verb =
                next.kind() == Kind.WORD
                        && Character.isLowerCase(next.text().charAt(0))
                        && cursor.peek(2).is("(");
        return verb || next.is("end");
    }

    /** What belongs elsewhere, or nowhere: reported and passed over. */
    private boolean isMisplaced(boolean first) {
        if (cursor.at("when")) {
            cursor.takeStray(
                    Code.MISPLACED_WORD, "'when' stands here a second time", "take it out");
            return true;
        }
        if (cursor.at(",") || cursor.at(";")) {
            cursor.takeStray(
                    Code.SIGN_BETWEEN_PATTERNS,
                    cursor.peek().shown() + " between patterns",
                    "patterns stand one below the other, with nothing between them");
            return true;
        }
        if (cursor.at(")")) {
            cursor.takeStray(Code.STRAY_SIGN, "a ')' that closes nothing", "take it out");
            return true;
        }
        if (cursor.at("or") || cursor.at("and")) {
            String word = cursor.peek().text();
            cursor.takeStray(
                    Code.MISPLACED_WORD,
                    first
                            ? "'" + word + "' before the first pattern"
                            : "'" + word + "' where no pattern stands before it",
                    "write it between two patterns: A( ) " + word + " B( )");
            return true;
        }
        return false;
    }

    /** To where the next condition begins, or the answers do. */
    private void skipCondition(int begin) {
        factsLost = true;
        boolean taken = cursor.place() > begin;
        while (!cursor.atEndOfConditions() && !(taken && cursor.atAnswer())) {
            if (taken && cursor.open(begin) <= 0 && begin()) {
                return;
            }
            if (cursor.at(Kind.VARIABLE)) {
                lost.add(cursor.peek().text());
            }
            cursor.take();
            taken = true;
        }
    }

    private Condition alternatives() throws Flaw {
        Span first = cursor.peek().span();
        List<Condition> parts = new ArrayList<>(List.of(conjunction()));
        while (cursor.at("or") || isSign("||", "or")) {
            Token word = cursor.take();
            requireBehind(word);
            parts.add(conjunction());
        }
        return parts.size() == 1
                ? parts.getFirst()
                : new Condition.Or(cursor.since(first), List.copyOf(parts));
    }

    private Condition conjunction() throws Flaw {
        Span first = cursor.peek().span();
        List<Condition> parts = new ArrayList<>(List.of(single()));
        while (cursor.at("and") || isSign("&&", "and")) {
            Token word = cursor.take();
            requireBehind(word);
            parts.add(single());
        }
        return parts.size() == 1
                ? parts.getFirst()
                : new Condition.And(cursor.since(first), List.copyOf(parts));
    }

    /** A sign instead of the word is reported, and read as the word. */
    private boolean isSign(String sign, String word) {
        if (!cursor.at(sign)) {
            return false;
        }
        Span span = cursor.peek().span();
        cursor.report(
                cursor.problem(
                                Code.SIGN_BETWEEN_PATTERNS,
                                span,
                                "'" + sign + "' between patterns",
                                "write '" + word + "' between patterns")
                        .mendedBy(cursor.source().correction(span, word)));
        return true;
    }

    private void requireBehind(Token word) throws Flaw {
        if (cursor.atEndOfConditions()
                || cursor.at(")")
                || cursor.at("or")
                || cursor.at("and")
                || cursor.atAnswer()) {
            throw cursor.problem(
                    Code.DANGLING_WORD,
                    word.span(),
                    "nothing stands behind '" + word.text() + "'",
                    "write a pattern behind it, or take it out");
        }
    }

    private Condition single() throws Flaw {
        habits.mendNegation();
        Token first = cursor.peek();
        cursor.enter(first.span());
        Condition condition;
        if (first.is("not") || first.is("exists")) {
            cursor.take();
            requireBehind(first);
            Condition inner = negated(first);
            Span span = cursor.since(first.span());
            condition =
                    first.is("not")
                            ? new Condition.Not(span, inner)
                            : new Condition.Exists(span, inner);
        } else if (cursor.takeIf("(")) {
            condition = group(first);
        } else {
            condition = pattern();
        }
        cursor.leave();
        return condition;
    }

    /** What stands behind not and exists: one pattern, or a group. */
    private Condition negated(Token word) throws Flaw {
        if (cursor.at("not") || cursor.at("exists")) {
            String next = cursor.peek().text();
            throw cursor.problem(
                    Code.DOUBLE_NEGATION,
                    word.span().to(cursor.peek().span()),
                    "'" + next + "' right behind '" + word.text() + "'",
                    "write " + word.text() + " ( " + next + " Fact( ) )");
        }
        return single();
    }

    private Condition group(Token open) throws Flaw {
        if (cursor.at("and") || cursor.at("or")) {
            Token word = cursor.peek();
            throw cursor.problem(
                    Code.MISPLACED_WORD,
                    open.span().to(word.span()),
                    "'" + word.text() + "' stands before its parts",
                    "write it between them: ( A( ) " + word.text() + " B( ) )");
        }
        Condition inner = alternatives();
        cursor.takeOrReport(Code.MISSING_PARENTHESIS, ")", " )", "after the group");
        return inner;
    }

    private Condition pattern() throws Flaw {
        Token first = cursor.peek();
        if (++patterns > MAX_PATTERNS) {
            throw cursor.problem(
                    Code.TOO_MANY,
                    first.span(),
                    "more than " + MAX_PATTERNS + " patterns in one rule",
                    "write several rules, or in ( … )");
        }
        @Nullable Token binding = null;
        if (first.kind() == Kind.VARIABLE) {
            binding = cursor.take();
            colon(binding);
        } else if (first.kind() == Kind.WORD && cursor.peek(1).is(":")) {
            binding = habits.withDollar(cursor.take());
            cursor.take();
        }
        refuse();
        Token fact = cursor.peek();
        if (fact.kind() != Kind.WORD || cursor.atEndOfConditions()) {
            throw cursor.unexpected(
                    Code.FACT_EXPECTED, "expected a fact, as in Connection( port == 443 )");
        }
        Optional<Flaw> bare = habits.withoutItsFact();
        if (bare.isPresent()) {
            throw bare.get();
        }
        cursor.take();
        if (cursor.at(".")) {
            while (cursor.takeIf(".") && cursor.at(Kind.WORD)) {
                cursor.take();
            }
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    fact.span(),
                    "a fact is named by one word",
                    "class names are not in the policy language");
        }
        List<Constraint> parts = List.of();
        String expected = "expected '(' after '" + fact.text() + "'";
        if (cursor.takeIf("(")) {
            cursor.passDoubled();
            parts = constraints.upToParenthesis();
        } else if (cursor.atEndOfConditions() || cursor.at("and") || cursor.at("or") || begin()) {
            cursor.report(cursor.missing(Code.MISSING_PARENTHESIS, "( )", expected));
        } else {
            throw cursor.at("{") || cursor.at("[")
                    ? habits.braces(fact)
                    : cursor.missing(Code.MISSING_PARENTHESIS, expected);
        }
        Span span = cursor.since(first.span());
        refuse();
        return new Condition.Pattern(span, binding, fact, parts);
    }

    private void colon(Token variable) throws Flaw {
        if (cursor.takeIf(":")) {
            return;
        }
        Flaw flaw =
                cursor.unexpected(Code.UNEXPECTED, "expected ':' after '" + variable.text() + "'");
        if (!cursor.at("=") && !cursor.at(":=")) {
            throw flaw;
        }
        cursor.report(flaw.mendedBy(cursor.source().correction(cursor.take().span(), ":")));
    }

    private void refuse() throws Flaw {
        Token word = cursor.peek();
        String name = word.is("entry") && cursor.peek(1).is("-") ? "entry-point" : word.text();
        String why =
                word.kind() == Kind.WORD
                                && !(Refusals.isElsewhere("then", name) && isBeforeAnswer())
                        ? Refusals.ofCondition(name)
                        : null;
        if (word.is("?")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "a query is not in the policy language",
                    "mention the fact itself");
        }
        if (word.is("/")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "a path into facts is not in the policy language",
                    "mention the fact itself");
        }
        if (word.is("@")) {
            throw cursor.problem(
                    Code.MISPLACED_ANNOTATION,
                    word.span(),
                    "an annotation of a pattern",
                    "annotations stand above 'when'");
        }
        if (why != null) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    word.span(),
                    "'" + name + "' is not in the policy language",
                    why);
        }
    }
}
