package dev.blast.rules.parse;

import dev.blast.rules.parse.RuleTree.Annotation;
import dev.blast.rules.parse.RuleTree.Call;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file from its package line to its last rule. A rule that cannot be read is reported and
 * left out; reading goes on with the next one, so that all of a file's errors are found at once.
 */
public final class FileParser {
    /** Where the fact records live; importing them is allowed and not needed. */
    private static final String FACTS = "dev.blast.rules.fact.";

    private static final Set<String> ANNOTATIONS =
            Set.of("final", "help", "owner", "reason", "severity");

    /** Characters. */
    private static final int MAX_NAME = 200;

    private final Cursor cursor;
    private final OperandParser operands;
    private final ConditionParser conditions;
    private final ConsequenceParser consequences;

    public FileParser(Cursor cursor) {
        this.cursor = cursor;
        operands = new OperandParser(cursor);
        conditions = new ConditionParser(cursor, operands);
        consequences = new ConsequenceParser(cursor, operands);
    }

    public FileTree parse() {
        List<RuleTree> rules = new ArrayList<>();
        String packageName = "";
        if (cursor.at("package")) {
            packageName = packageName();
        }
        while (!cursor.atEnd() && !cursor.problems().areEnough()) {
            cursor.surface(0);
            try {
                if (cursor.at("import")) {
                    readImport();
                } else if (cursor.at("rule") || isMeantAsRule()) {
                    rules.add(rule());
                } else if (cursor.at("end") && !rules.isEmpty()) {
                    cursor.takeStray(
                            Code.MISPLACED_WORD,
                            "'end' where no rule is open",
                            "a rule ends once: take it out");
                } else if (cursor.at(";")) {
                    cursor.takeStray(Code.STRAY_SIGN, "a stray ';'", "take it out");
                } else {
                    throw notARule();
                }
            } catch (Flaw e) {
                cursor.report(e);
                cursor.skipToRule();
            }
        }
        return new FileTree(packageName, List.copyOf(rules));
    }

    private String packageName() {
        cursor.take();
        String name = "";
        try {
            if (cursor.at("package")) {
                throw cursor.unexpected(Code.PACKAGE_NAME, "expected the package's name");
            }
            name = dottedName(Code.PACKAGE_NAME, "the package's name");
            cursor.takeIf(";");
        } catch (Flaw e) {
            cursor.report(e);
            while (!cursor.atEnd() && !cursor.atRule() && !cursor.at("import")) {
                cursor.take();
            }
        }
        return name;
    }

    private boolean isMeantAsRule() {
        return cursor.peek(1).kind() == Kind.TEXT && cursor.meant(Code.RULE_EXPECTED, "rule");
    }

    private Flaw notARule() {
        Token word = hyphenated();
        String why = Refusals.ofFile(word.text());
        if (cursor.at("package")) {
            return cursor.problem(
                    Code.MISPLACED_WORD,
                    word.span(),
                    "'package' stands here too late",
                    "a file begins with its package, if it has one");
        }
        if (cursor.at("@")) {
            return cursor.problem(
                    Code.MISPLACED_ANNOTATION,
                    word.span().to(cursor.peek(1).span()),
                    "an annotation before its rule",
                    "write it behind the name of its rule, above 'when'");
        }
        return why != null
                ? cursor.problem(
                        Code.NOT_IN_LANGUAGE,
                        word.span(),
                        "'" + word.text() + "' is not in the policy language",
                        why)
                : cursor.unexpected(
                        Code.RULE_EXPECTED, "expected a rule", "a rule begins with: rule \"name\"");
    }

    private void readImport() throws Flaw {
        Token keyword = cursor.take();
        if (cursor.at("static")
                || cursor.at("function")
                || cursor.at("accumulate")
                || cursor.at("acc")) {
            Token kind = cursor.take();
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    keyword.span().to(kind.span()),
                    "'import " + kind.text() + "' is not in the policy language",
                    "no code runs from a policy; a rule answers with verbs");
        }
        Span first = cursor.peek().span();
        String name = dottedName(Code.UNKNOWN_IMPORT, "the name of a fact");
        if (cursor.takeIf(".")) {
            cursor.expect(Code.UNKNOWN_IMPORT, "*", "after the dot");
            name += ".*";
        }
        Span span = cursor.since(first);
        cursor.takeIf(";");
        String fact = name.startsWith(FACTS) ? name.substring(FACTS.length()) : "";
        if (!fact.equals("*") && Facts.named(fact).isEmpty()) {
            throw cursor.problem(
                    Code.UNKNOWN_IMPORT,
                    span,
                    "'" + name + "' cannot be imported",
                    "only " + FACTS + "* can, and it is there without");
        }
    }

    private String dottedName(Code code, String what) throws Flaw {
        var name = new StringBuilder(cursor.expect(code, Kind.WORD, what).text());
        while (cursor.at(".") && cursor.peek(1).kind() == Kind.WORD) {
            cursor.take();
            name.append('.').append(cursor.take().text());
        }
        return name.toString();
    }

    private RuleTree rule() throws Flaw {
        int first = cursor.place();
        Span keyword = cursor.take().span();
        String name = name();
        Span head = cursor.since(keyword);
        List<Annotation> annotations = annotations(name);
        Condition when = new Condition.And(cursor.peek().span(), List.of());
        if (!cursor.at("then")) {
            if (!cursor.takeIf("when")) {
                Flaw missing =
                        cursor.unexpected(
                                Code.MISSING_WHEN, "expected 'when' of rule \"" + name + "\"");
                cursor.report(cursor.swallowed("when") ? Flaw.echo() : missing);
            }
            when = conditions.conditions();
        }
        boolean answers = cursor.takeIf("then") || isThenMissing(name);
        int before = cursor.problems().count();
        boolean brokenOff = !answers && (cursor.atEnd() || cursor.atRule());
        List<Call> then = brokenOff ? List.of() : consequences.answers(name);
        if (answers && then.isEmpty() && cursor.problems().count() == before) {
            throw cursor.problem(
                    Code.EMPTY_THEN, head, "rule \"" + name + "\" answers nothing", "write a verb");
        }
        return new RuleTree(
                head,
                name,
                List.copyOf(annotations),
                when,
                then,
                cursor.place() - first,
                conditions.unread());
    }

    /** Reports it; answers whether there are answers all the same. */
    private boolean isThenMissing(String rule) {
        Flaw missing =
                cursor.unexpected(Code.MISSING_THEN, "expected 'then' of rule \"" + rule + "\"");
        boolean answers = cursor.atAnswer();
        if (cursor.swallowed("then")) {
            cursor.report(Flaw.echo());
            return answers;
        }
        Span before = new Span(cursor.peek().span().start(), cursor.peek().span().start());
        cursor.report(
                answers
                        ? missing.mendedBy(cursor.source().correction(before, "then\n    "))
                        : missing);
        return answers;
    }

    /** It stands in one line of every explanation. */
    private String name() throws Flaw {
        if (cursor.at(":") && cursor.peek(1).kind() == Kind.TEXT) {
            cursor.takeStray(Code.STRAY_SIGN, "a ':' before the rule's name", "take it out");
        }
        Token first = cursor.peek();
        if (!cursor.at(Kind.TEXT)) {
            String expected = "expected the rule's name in double quotes";
            if (!cursor.at(Kind.WORD) || cursor.atNewLine() || cursor.at("when")) {
                Flaw missing = cursor.missing(Code.RULE_NAME, expected);
                if (cursor.at("@") || cursor.at("when") || cursor.at("then")) {
                    cursor.report(missing);
                    return "";
                }
                throw missing;
            }
            while (!cursor.atNewLine()
                    && (cursor.at(Kind.WORD) || cursor.at(Kind.NUMBER))
                    && !cursor.at("when")) {
                cursor.take();
            }
            Span words = cursor.since(first.span());
            String written = cursor.source().text(words);
            cursor.report(
                    cursor.problem(
                                    Code.RULE_NAME,
                                    words,
                                    expected + ", found '" + written + "'",
                                    "write \"" + written + "\"")
                            .mendedBy(cursor.source().correction(words, '"' + written + '"')));
            return written;
        }
        String name = operands.text(cursor.take());
        if (name.isBlank() || name.length() > MAX_NAME || name.matches("(?s).*[\\n\\t].*")) {
            cursor.report(
                    cursor.problem(
                            Code.RULE_NAME,
                            first.span(),
                            "not a name for a rule",
                            "one line of up to "
                                    + MAX_NAME
                                    + " characters that says what it is for"));
        }
        return name;
    }

    /** Up to the conditions. */
    private List<Annotation> annotations(String rule) {
        List<Annotation> annotations = new ArrayList<>();
        while (!cursor.atEndOfConditions()
                && !cursor.at("when")
                && !conditions.begin()
                && !cursor.meant(Code.MISSING_WHEN, "when")) {
            try {
                if (cursor.at("@")) {
                    annotations.add(annotation());
                } else if (cursor.at("{")) {
                    cursor.takeBrace("a rule in braces");
                } else if (!isMeantAsAnnotation()) {
                    throw notAnAnnotation(rule);
                }
            } catch (Flaw e) {
                cursor.report(e);
                do {
                    cursor.take();
                } while (!cursor.atEndOfConditions()
                        && !cursor.at("@")
                        && !cursor.at("when")
                        && !(cursor.atNewLine() && conditions.begin()));
            }
        }
        return annotations;
    }

    /** One without its sign is reported, and read with it from now on. */
    private boolean isMeantAsAnnotation() throws Flaw {
        Token name = cursor.peek();
        if (!ANNOTATIONS.contains(name.text()) || !cursor.peek(1).is("(")) {
            return false;
        }
        Span before = new Span(name.span().start(), name.span().start());
        cursor.report(
                cursor.problem(
                                Code.UNKNOWN_ANNOTATION,
                                name.span(),
                                "an annotation begins with '@'",
                                "write @" + name.text())
                        .mendedBy(cursor.source().correction(before, "@")));
        text(name);
        return true;
    }

    private Flaw notAnAnnotation(String rule) {
        Token word = hyphenated();
        String why = Refusals.ofAttribute(word.text());
        return why != null
                ? cursor.problem(
                        Code.NOT_IN_LANGUAGE,
                        word.span(),
                        "'" + word.text() + "' is not in the policy language",
                        why)
                : cursor.unexpected(Code.MISSING_WHEN, "expected 'when' of rule \"" + rule + "\"");
    }

    private Annotation annotation() throws Flaw {
        Span at = cursor.take().span();
        Token name = cursor.peek();
        if (name.kind() != Kind.WORD) {
            throw cursor.unexpected(Code.UNKNOWN_ANNOTATION, "expected the annotation's name");
        }
        @Nullable Operand value = text(name);
        return new Annotation(cursor.since(at), name.text(), value);
    }

    /** Takes an annotation's name with the text behind it; null where there is none. */
    private @Nullable Operand text(Token name) throws Flaw {
        cursor.take();
        Span first = cursor.peek().span();
        if (!cursor.atNewLine()
                && cursor.peek(1).kind() == Kind.TEXT
                && (cursor.at("=") || cursor.at(":"))) {
            cursor.take();
        }
        if (!cursor.atNewLine() && cursor.at(Kind.TEXT)) {
            Span span = first.to(cursor.peek().span());
            String text = cursor.source().text(cursor.peek().span());
            cursor.report(
                    cursor.problem(
                                    Code.ANNOTATION_TEXT,
                                    span,
                                    "the text of '@" + name.text() + "' without parentheses",
                                    "write @" + name.text() + "(\"…\")")
                            .mendedBy(cursor.source().correction(span, "(" + text + ")")));
            return operands.operand();
        }
        if (!cursor.takeIf("(")) {
            return null;
        }
        cursor.passDoubled();
        Operand value = operands.argument();
        cursor.takeOrReport(Code.MISSING_PARENTHESIS, ")", ")", "after the annotation's text");
        return value;
    }

    /**
     * DRL's attributes are hyphenated words, which the tokenizer knows nothing of: {@code
     * agenda-group}.
     */
    private Token hyphenated() {
        Token first = cursor.peek();
        var word = new StringBuilder(first.text());
        Span span = first.span();
        for (int i = 1; cursor.peek(i).is("-") && cursor.peek(i + 1).kind() == Kind.WORD; i += 2) {
            word.append('-').append(cursor.peek(i + 1).text());
            span = span.to(cursor.peek(i + 1).span());
        }
        return new Token(first.kind(), word.toString(), span);
    }
}
