package dev.blast.rules.parse;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.impl.Operator;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads a file a second time, with Drools' own parser, and refuses it where the two readings
 * differ: then it is not ordinary DRL, or one of the parsers has lost something, and neither may
 * pass in silence.
 *
 * <p>Level DRL6, because at DRL10 a file with operators of ours loses rules without an error. Our
 * operators must be registered before the first parsing; the registry is Drools' own and static.
 */
public final class SecondReading {
    static {
        for (dev.blast.rules.vocabulary.Operator operator :
                dev.blast.rules.vocabulary.Operator.values()) {
            switch (operator) {
                case GLOB, UNDER, WITHIN, SATISFIES -> {
                    Operator.addOperatorToRegistry(operator.written(), false);
                    Operator.addOperatorToRegistry(operator.written(), true);
                }
                case EQUAL, UNEQUAL, LESS, AT_MOST, MORE, AT_LEAST, IN, CONTAINS, MATCHES -> {}
            }
        }
    }

    private final Source source;

    private SecondReading(Source source) {
        this.source = source;
    }

    /**
     * Every difference; empty where both readings agree. The first reading must have found nothing
     * wrong.
     */
    public static List<Diagnostic> differences(Source source, FileTree first) {
        Optional<Diagnostic> misnamed = PackageWords.problem(source);
        if (misnamed.isPresent()) {
            return List.of(misnamed.get());
        }
        var found = new Findings();
        found.addAll(new SecondReading(source).compare(first));
        return found.inOrder();
    }

    private List<Diagnostic> compare(FileTree first) {
        var parser = new DrlParser(LanguageLevelOption.DRL6);
        @Nullable PackageDescr second;
        try {
            second = parser.parse(null, source.text());
        } catch (DroolsParserException e) {
            return List.of(at(1, "cannot be read as DRL: " + e.getMessage()));
        }
        if (parser.hasErrors() || second == null) {
            List<Diagnostic> errors = new ArrayList<>();
            for (DroolsError error : parser.getErrors()) {
                int line = error.getLines().length > 0 ? error.getLines()[0] : 1;
                errors.add(at(line, "cannot be read as DRL: " + firstLine(error.getMessage())));
            }
            return errors.isEmpty() ? List.of(at(1, "cannot be read as DRL")) : errors;
        }
        List<Shape> ours = new ArrayList<>(List.of(new Shape("package " + first.packageName(), 1)));
        first.rules().forEach(rule -> shape(rule, ours));
        List<String> theirs = new ArrayList<>(List.of("package " + second.getName()));
        boolean more =
                !second.getFunctions().isEmpty()
                        || !second.getGlobals().isEmpty()
                        || !second.getTypeDeclarations().isEmpty()
                        || !second.getAttributes().isEmpty();
        second.getRules().forEach(rule -> shape(rule, theirs));
        boolean same = ours.stream().map(Shape::words).toList().equals(theirs);
        return same && !more ? List.of() : List.of(difference(ours, theirs));
    }

    /** One line of a file's shape, and the line of the file where the first reading found it. */
    private record Shape(String words, int line) {}

    private Diagnostic difference(List<Shape> ours, List<String> theirs) {
        int i = 0;
        while (i < ours.size() && i < theirs.size() && ours.get(i).words().equals(theirs.get(i))) {
            i++;
        }
        String here = i < ours.size() ? ours.get(i).words() : "nothing more";
        String there = i < theirs.size() ? theirs.get(i) : "nothing more";
        return at(
                ours.get(Math.min(i, ours.size() - 1)).line(),
                "read twice, '%s' and '%s' were found; nothing of the file counts"
                        .formatted(here, there));
    }

    /**
     * A rule as lines that both readings must give alike: names, places, structure, and the text of
     * constraints.
     */
    private void shape(RuleTree rule, List<Shape> out) {
        add(
                "rule " + rule.name() + " at line " + source.line(rule.head().start()),
                rule.head(),
                out);
        shape(rule.when(), out);
        add("then with " + letters(consequence(rule)), rule.head(), out);
    }

    private void shape(Condition condition, List<Shape> out) {
        switch (condition) {
            case Condition.Pattern pattern -> {
                String binding = pattern.binding() == null ? "" : pattern.binding().text() + " : ";
                int line = source.line(pattern.span().start());
                add(binding + pattern.fact().text() + " at line " + line, pattern.span(), out);
                pattern.constraints()
                        .forEach(it -> add(letters(source.text(it.span())), it.span(), out));
            }
            case Condition.Not(Span span, Condition inner) -> {
                add("not", span, out);
                shape(inner, out);
            }
            case Condition.Exists(Span span, Condition inner) -> {
                add("exists", span, out);
                shape(inner, out);
            }
            case Condition.And(Span _, List<Condition> parts) ->
                    parts.forEach(part -> shape(part, out));
            case Condition.Or(Span span, List<Condition> parts) -> {
                add("or of " + parts.size(), span, out);
                parts.forEach(part -> shape(part, out));
            }
        }
    }

    private void add(String words, Span span, List<Shape> out) {
        out.add(new Shape(words, source.line(span.start())));
    }

    private void shape(RuleDescr rule, List<String> out) {
        out.add("rule " + rule.getName() + " at line " + rule.getLine());
        rule.getAttributes().keySet().forEach(attribute -> out.add("attribute " + attribute));
        shape(rule.getLhs(), out);
        out.add("then with " + letters(String.valueOf(rule.getConsequence())));
    }

    private static void shape(BaseDescr descr, List<String> out) {
        switch (descr) {
            case PatternDescr pattern -> {
                String binding =
                        pattern.getIdentifier() == null ? "" : pattern.getIdentifier() + " : ";
                out.add(binding + pattern.getObjectType() + " at line " + pattern.getLine());
                shapes(pattern.getDescrs(), out);
                if (pattern.getSource() != null || !pattern.getBehaviors().isEmpty()) {
                    out.add("source " + pattern.getSource() + pattern.getBehaviors());
                }
            }
            case ExprConstraintDescr constraint -> out.add(letters(constraint.getExpression()));
            case NotDescr not -> {
                out.add("not");
                shapes(not.getDescrs(), out);
            }
            case ExistsDescr exists -> {
                out.add("exists");
                shapes(exists.getDescrs(), out);
            }
            case OrDescr or -> {
                out.add("or of " + or.getDescrs().size());
                shapes(or.getDescrs(), out);
            }
            case ConditionalElementDescr and -> shapes(and.getDescrs(), out);
            default -> out.add(descr.getClass().getSimpleName());
        }
    }

    /** Drools' lists are raw here and there. */
    private static void shapes(Iterable<?> parts, List<String> out) {
        for (Object part : parts) {
            shape((BaseDescr) part, out);
        }
    }

    /** The text between a rule's {@code then} and its {@code end}. */
    private String consequence(RuleTree rule) {
        var text = new StringBuilder();
        rule.then().forEach(call -> text.append(source.text(call.span())).append(';'));
        return text.toString();
    }

    /** Without blanks and comments, which the two readings keep differently. */
    private static String letters(String text) {
        var letters = new StringBuilder();
        Tokenizer.tokens(text).forEach(token -> letters.append(token.text()).append(' '));
        return letters.toString().strip();
    }

    private Diagnostic at(int line, String message) {
        return source.diagnostic(Code.NOT_DRL, source.spanOfLine(line), message);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
