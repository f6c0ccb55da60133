package dev.blast.rules.source;

import java.util.Locale;

/**
 * Every kind of mistake and of remark, by the word that stands for it: what programs tell
 * diagnostics apart by, and what people look up in docs/diagnostics.md. A word once given keeps its
 * meaning.
 */
public enum Code {
    // The file as a whole.
    EMPTY_FILE("a policy file has something in it"),
    NO_RULES("of all policy files one has a rule"),
    TOO_LONG("files, texts, words and numbers have a length that a person could have written"),
    TOO_MANY("rules, patterns, constraints, terms and ways to match are as many as a person reads"),
    TOO_DEEP("parentheses stand one inside the other to a depth that a person reads"),
    UNSEEN_CHARACTER("what a rule says is what people read: no character of it is invisible"),
    LONE_CARRIAGE_RETURN("lines end with a line feed, or with a carriage return and a line feed"),
    UNKNOWN_CHARACTER("outside of texts and comments stand the letters and signs of the language"),
    HASH_COMMENT("a comment begins with //"),
    UNCLOSED_COMMENT("a comment that begins with /* ends with */"),
    UNCLOSED_TEXT("a text ends with a quote on the line on which it begins"),
    NOT_DRL("Drools' own parser finds the same rules in a file"),

    // What a file is made of.
    NOT_IN_LANGUAGE("of DRL the policy language has what runs no code and needs no order"),
    RULE_EXPECTED("a file holds its package, imports and rules"),
    PACKAGE_NAME("the package's name is words with dots between them, on one line"),
    UNKNOWN_IMPORT("only the facts can be imported, and they are there without"),
    CAPITAL_KEYWORD("the words of the language are written in small letters"),
    MISPLACED_WORD(
            "a rule has when, conditions, then, answers and end, each once and in that order"),
    UNEXPECTED("a word or sign stands where the language has a place for it"),

    // A rule's head.
    RULE_NAME("a rule has a name in quotes: one line that says what it is for"),
    DUPLICATE_RULE("no two rules of a file have one name"),
    MISSING_WHEN("the conditions of a rule begin with when"),
    UNKNOWN_ANNOTATION("annotations are @final, @help, @owner, @reason and @severity"),
    ANNOTATION_TEXT("an annotation has a text in parentheses; @final has none"),
    DUPLICATE_ANNOTATION("an annotation stands once at a rule"),
    MISPLACED_ANNOTATION("annotations stand between a rule's name and when"),
    MISPLACED_FINAL("only the system's policies are final"),

    // Conditions.
    MISSING_THEN("the answers of a rule begin with then"),
    MISSING_PARENTHESIS("what an opening parenthesis begins, a closing one ends"),
    DANGLING_WORD("and, or, not and exists have a pattern behind them"),
    SIGN_BETWEEN_PATTERNS("patterns stand one below the other, or with and or or between them"),
    DOUBLE_NEGATION("not and exists stand before a pattern or a group"),
    FACT_EXPECTED("a condition is a pattern: a fact with its constraints in parentheses"),
    UNKNOWN_FACT("a pattern names a fact of the vocabulary"),
    MIXED_SUBJECTS("a rule answers one question: it mentions the subject of one"),
    VARIABLE_NAME("a variable begins with $"),
    DUPLICATE_VARIABLE("a variable is bound once"),
    HALF_BOUND_VARIABLE("a variable is bound whichever alternative holds"),

    // Constraints.
    FIELD_EXPECTED("a constraint begins with a field of its fact"),
    VARIABLE_FIRST("a variable is bound with a colon, and compared behind a field"),
    UNKNOWN_FIELD("a constraint names a field of its fact"),
    OPERATOR_EXPECTED("between a field and a value stands an operator"),
    UNKNOWN_OPERATOR("operators are those of the reference"),
    WRONG_OPERATOR("an operator compares the type of its field"),
    SINGLE_EQUALS("equality is =="),
    NOT_COMPARED("a field is compared with a value"),
    NEGATED_FIELD("what shall not be is compared with false"),
    CHAINED_COMPARISON("a comparison has one operator"),
    MISSING_COMMA("between constraints stands a comma, && or ||"),
    WORD_BETWEEN_CONSTRAINTS("between constraints stands a comma, && or ||"),
    POSITIONAL_CONSTRAINT("a constraint names its field"),
    BRACKETS("lists stand in parentheses, and a rule's parts in nothing"),

    // Values.
    VALUE_EXPECTED("behind an operator, and between the parentheses of a verb, stands a value"),
    UNQUOTED_TEXT("a text stands in double quotes"),
    QUOTES("a text stands in straight double quotes"),
    UNKNOWN_ESCAPE("in a text a backslash stands before a quote, a backslash, n or t"),
    BAD_NUMBER("a number is digits, with a point and digits at most"),
    WRONG_TYPE("a value has the type of what it is compared with or given to"),
    BAD_VALUE("a text is a value of its type"),
    UNKNOWN_VALUE("a field with a fixed list of values has one of them"),
    MISPLACED_NULL("null stands behind == and != and nowhere else"),
    LITERAL_EXPECTED("what matches, glob, within and satisfies take stands in the rule itself"),
    BAD_PATTERN("a regular expression, glob, range or specifier can be read, and quickly"),
    UNKNOWN_VARIABLE("a variable is bound before it is used"),
    FACT_AS_VALUE("a variable of a fact is used with one of its fields"),
    NO_FIELDS("a variable of a value stands for itself"),
    BAD_HOLE("a hole in a text is ${$variable} or ${$fact.field}"),
    TEXT_SUM("texts are not added"),
    PATH_SUM("a path goes on with a text that begins with / and goes nowhere up"),
    UNITS("numbers are added to their like, and multiplied with bare numbers"),
    DIVISION_BY_ZERO("nothing is divided by zero"),

    // Answers.
    EMPTY_THEN("a rule answers something"),
    VERB_EXPECTED("an answer is a verb with its values in parentheses"),
    UNKNOWN_VERB("an answer is a verb of the reference"),
    WRONG_QUESTION("a verb answers the question of its rule"),
    TOO_MANY_VALUES("a verb takes as many values as the reference says"),
    TOO_FEW_VALUES("a verb takes as many values as the reference says"),
    OUT_OF_RANGE("a value is one that its verb can bring about"),
    GLOB_IN_PATH("a verb takes a path as it is: a folder with all below it, or a file"),
    UNKNOWN_STRATEGY("a strategy that is used is defined"),
    STRAY_SIGN("a sign closes, ends or separates something"),
    MISSING_SEMICOLON("an answer ends with a semicolon"),
    MISSING_END("a rule ends with end"),

    // What loads, and should be looked at.
    NO_RULE_IN_FILE(Severity.WARNING, "a policy file has a rule"),
    LINT_ENDED_EARLY(
            Severity.WARNING, "rules are few and plain enough to be compared with each other"),
    FILE_PASSED_OVER(Severity.WARNING, "a file among the policies is read"),
    NEVER_FIRES(Severity.WARNING, "the constraints of a pattern can hold together"),
    NEVER_TRUE(Severity.WARNING, "a constraint can be true, or false"),
    LOOPBACK_BY_NAME(
            Severity.WARNING, "this machine is meant by toLoopback, not by one of its names"),
    EMPTY_NOT(Severity.WARNING, "what stands behind not can be there"),
    SHADOWED(Severity.WARNING, "an answer is not given by another rule wherever its own gives it"),
    NEVER_COUNTS(
            Severity.WARNING,
            "an answer counts somewhere: no other rule has the last word wherever its own gives it"),
    LOOSER_LIMIT(Severity.WARNING, "a limit is the smallest somewhere"),
    UNTESTED_RULE(Severity.WARNING, "a rule fires in a case of the tests beside it"),
    NOT_IN_FORCE(Severity.WARNING, "what a rule uses is in force");

    private final Severity severity;
    private final String law;

    Code(String law) {
        this(Severity.ERROR, law);
    }

    Code(Severity severity, String law) {
        this.severity = severity;
        this.law = law;
    }

    /** {@code unknown-field}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** What holds where the mistake is not made: half a sentence, without a full stop. */
    public String law() {
        return law;
    }
}
