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
import org.jspecify.annotations.Nullable;

/**
 * Reads a file from its package line to its last rule. A rule that cannot be read is reported and
 * left out; reading goes on with the next one, so that all of a file's errors are found at once.
 */
public final class FileParser {
    /** Where the fact records live; importing them is allowed and not needed. */
    private static final String FACTS = "dev.blast.rules.fact.";

    /** Characters. */
    private static final int MAX_NAME = 200;

    private final Cursor cursor;
    private final OperandParser operands;
    private final ConditionParser conditions;

    public FileParser(Cursor cursor) {
        this.cursor = cursor;
        operands = new OperandParser(cursor);
        conditions = new ConditionParser(cursor, operands);
    }

    public FileTree parse() {
        List<RuleTree> rules = new ArrayList<>();
        String packageName = "";
        try {
            if (cursor.takeIf("package")) {
                packageName = dottedName(Code.PACKAGE_NAME, "the package's name");
                cursor.takeIf(";");
            }
        } catch (Flaw e) {
            cursor.report(e);
            cursor.skipToRule();
        }
        while (!cursor.atEnd() && !cursor.problems().areEnough()) {
            cursor.surface(0);
            try {
                if (cursor.at("import")) {
                    readImport();
                } else if (cursor.at("rule")) {
                    rules.add(rule());
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

    private Flaw notARule() {
        Token word = hyphenated();
        String why = Refusals.ofFile(word.text());
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
        if (!cursor.at(Kind.TEXT) || cursor.peek().text().charAt(0) != '"') {
            throw cursor.unexpected(Code.RULE_NAME, "expected the rule's name in double quotes");
        }
        String name = name(cursor.take());
        Span head = cursor.since(keyword);
        List<Annotation> annotations = new ArrayList<>();
        while (!cursor.at("when") && !cursor.at("then")) {
            annotations.add(annotation(name));
        }
        Condition when = new Condition.And(cursor.peek().span(), List.of());
        if (cursor.takeIf("when")) {
            when = conditions.conditions();
        }
        cursor.expect(Code.MISSING_THEN, "then", "of rule \"" + name + "\"");
        int before = cursor.problems().count();
        List<Call> then = consequence(name);
        if (then.isEmpty() && cursor.problems().count() == before) {
            throw cursor.problem(
                    Code.EMPTY_THEN, head, "rule \"" + name + "\" answers nothing", "write a verb");
        }
        return new RuleTree(
                head, name, List.copyOf(annotations), when, then, cursor.place() - first);
    }

    /** It stands in one line of every explanation. */
    private String name(Token quoted) throws Flaw {
        String name = operands.text(quoted);
        if (name.isBlank() || name.length() > MAX_NAME || name.matches("(?s).*[\\n\\t].*")) {
            throw cursor.problem(
                    Code.RULE_NAME,
                    quoted.span(),
                    "not a name for a rule",
                    "one line of up to " + MAX_NAME + " characters that says what it is for");
        }
        return name;
    }

    private Annotation annotation(String rule) throws Flaw {
        if (!cursor.at("@")) {
            Token word = hyphenated();
            String why = Refusals.ofAttribute(word.text());
            throw why != null
                    ? cursor.problem(
                            Code.NOT_IN_LANGUAGE,
                            word.span(),
                            "'" + word.text() + "' is not in the policy language",
                            why)
                    : cursor.unexpected(
                            Code.MISSING_WHEN, "expected 'when' of rule \"" + rule + "\"");
        }
        Span at = cursor.take().span();
        Token name = cursor.expect(Code.UNKNOWN_ANNOTATION, Kind.WORD, "the annotation's name");
        @Nullable Operand value = null;
        if (cursor.takeIf("(")) {
            value = operands.operand();
            cursor.expect(Code.MISSING_PARENTHESIS, ")", "after the annotation's text");
        }
        return new Annotation(cursor.since(at), name.text(), value);
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

    private List<Call> consequence(String rule) throws Flaw {
        List<Call> calls = new ArrayList<>();
        while (!cursor.at("end")) {
            if (cursor.atEnd() || cursor.atRule()) {
                throw cursor.unexpected(
                        Code.MISSING_END, "expected 'end' of rule \"" + rule + "\"");
            }
            cursor.surface(0);
            try {
                calls.add(call());
            } catch (Flaw e) {
                cursor.report(e);
                skipStatement();
            }
        }
        cursor.take();
        cursor.takeIf(";");
        return List.copyOf(calls);
    }

    private Call call() throws Flaw {
        Token verb = cursor.peek();
        String why = Refusals.ofStatement(verb.text());
        if (verb.kind() == Kind.WORD && why != null) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    verb.span(),
                    "'" + verb.text() + "' is not in the policy language",
                    why);
        }
        if (verb.kind() == Kind.VARIABLE || cursor.peek(1).is(".")) {
            throw cursor.problem(
                    Code.NOT_IN_LANGUAGE,
                    verb.span(),
                    "a method call is not in the policy language",
                    "a statement is a verb: deny( \"why\" );");
        }
        cursor.expect(Code.VERB_EXPECTED, Kind.WORD, "a verb");
        cursor.expect(Code.MISSING_PARENTHESIS, "(", "after the verb '" + verb.text() + "'");
        List<Operand> arguments = new ArrayList<>();
        if (!cursor.at(")")) {
            do {
                arguments.add(operands.operand());
            } while (cursor.takeIf(","));
        }
        cursor.expect(
                Code.MISSING_PARENTHESIS, ")", "after the arguments of '" + verb.text() + "'");
        Span span = cursor.since(verb.span());
        cursor.expect(Code.MISSING_SEMICOLON, ";", "after " + verb.text() + "( … )");
        return new Call(span, verb.text(), verb.span(), List.copyOf(arguments));
    }

    private void skipStatement() {
        while (!cursor.atEnd() && !cursor.at("end") && !cursor.atRule()) {
            if (cursor.take().is(";")) {
                return;
            }
        }
    }
}
