package dev.blast.rules.checked;

import dev.blast.rules.checked.Rule.Action;
import dev.blast.rules.checked.ValueChecker.Expected;
import dev.blast.rules.parse.Operand;
import dev.blast.rules.parse.RuleTree.Call;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks what a rule says: its verbs answer its question, and take what they are given. */
final class VerbChecker {
    private final Source source;
    private final ValueChecker values;
    private final List<Question> questions;

    /** Those of the whole file. */
    private final Findings flaws;

    VerbChecker(Source source, ValueChecker values, List<Question> questions, Findings flaws) {
        this.source = source;
        this.values = values;
        this.questions = questions;
        this.flaws = flaws;
    }

    /** One statement of a consequence; empty where there is a flaw. */
    Optional<Action> check(Call call, Optional<Question> question, Scope scope) {
        try {
            return Optional.of(action(call, question, scope));
        } catch (Flaw e) {
            flaws.add(e);
            return Optional.empty();
        }
    }

    private Action action(Call call, Optional<Question> question, Scope scope) throws Flaw {
        Verb verb = verb(call, question);
        refuseTurned(call, verb);
        if (call.arguments().size() < verb.required()) {
            throw flaw(
                    Code.TOO_FEW_VALUES,
                    call.span(),
                    "too few values for '" + verb.name() + "'",
                    "write " + verb.signature());
        }
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            Verb.Parameter parameter = verb.at(i);
            if (parameter == null) {
                throw flaw(
                        Code.TOO_MANY_VALUES,
                        call.arguments().get(i).span(),
                        "too many values for '" + verb.name() + "'",
                        "write " + verb.signature());
            }
            Operand operand = call.arguments().get(i);
            argument(operand, verb, parameter, scope)
                    .ifPresent(value -> {
                        refuse(operand, value, parameter);
                        arguments.add(value);
                    });
        }
        return new Action(call.span(), verb, List.copyOf(arguments));
    }

    /** The first two values in the other order, where one is a number. */
    private void refuseTurned(Call call, Verb verb) throws Flaw {
        if (call.arguments().size() < 2
                || !(call.arguments().get(0) instanceof Operand.Text first)
                || !(call.arguments().get(1) instanceof Operand.Digits second)
                || Objects.requireNonNull(verb.at(0)).type() != Type.NUMBER) {
            return;
        }
        Span span = first.span().to(second.span());
        String right = source.text(second.span()) + ", " + source.text(first.span());
        throw flaw(
                        Code.WRONG_TYPE,
                        span,
                        "the values of '" + verb.name() + "' in the other order",
                        "write %s( %s )".formatted(verb.name(), right))
                .mendedBy(source.correction(span, right));
    }

    /** {@code "age " + $age}, which is written as one text. */
    private Optional<Flaw> sumOfTexts(Operand operand) {
        var text = new StringBuilder();
        if (!(operand instanceof Operand.Arithmetic) || !isTemplate(operand, text)) {
            return Optional.empty();
        }
        String right = "\"" + text + "\"";
        return Optional.of(
                flaw(Code.TEXT_SUM, operand.span(), "texts are not added", "write " + right)
                        .mendedBy(source.correction(operand.span(), right)));
    }

    /** Whether the parts of a sum make one text, which is put together. */
    private boolean isTemplate(Operand operand, StringBuilder text) {
        switch (operand) {
            case Operand.Text it -> {
                String written = source.text(it.span());
                text.append(written, 1, written.length() - 1);
            }
            case Operand.Variable _, Operand.FieldOf _ ->
                    text.append("${").append(source.text(operand.span())).append('}');
            case Operand.Arithmetic(Span _, char symbol, Operand left, Operand right) -> {
                return symbol == '+' && isTemplate(left, text) && isTemplate(right, text);
            }
            case Operand.Digits _, Operand.Word _, Operand.Lost _ -> {
                return false;
            }
        }
        return true;
    }

    private Verb verb(Call call, Optional<Question> question) throws Flaw {
        List<Verb> all = questions.stream().flatMap(it -> it.verbs().stream()).toList();
        List<Verb> here = question.map(Question::verbs).orElse(all);
        List<String> fitting = here.stream().map(Verb::name).distinct().sorted().toList();
        String known = "verbs here: " + String.join(", ", fitting);
        Optional<Verb> verb =
                Stream.concat(here.stream(), all.stream())
                        .filter(it -> it.name().equals(call.verb()))
                        .findFirst();
        if (verb.isEmpty()) {
            throw values.renamed(
                    flaw(
                            Code.UNKNOWN_VERB,
                            call.verbSpan(),
                            "unknown verb '" + call.verb() + "'",
                            Nearest.andAll(call.verb(), fitting, known)),
                    call.verbSpan(),
                    call.verb(),
                    fitting);
        }
        if (question.isPresent() && !here.contains(verb.get())) {
            throw flaw(
                    Code.WRONG_QUESTION,
                    call.verbSpan(),
                    "'" + call.verb() + "' does not answer '" + question.get().words() + "'",
                    whose(verb.get()),
                    "verbs of this question: " + String.join(", ", fitting));
        }
        return verb.get();
    }

    /** Which questions a verb answers, and what a rule mentions to ask them. */
    private String whose(Verb verb) {
        List<Question> asked =
                questions.stream().filter(question -> question.verbs().contains(verb)).toList();
        String facts =
                asked.stream()
                        .flatMap(question -> question.subjects().stream())
                        .map(FactType::name)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return asked.size() == 1
                ? "it answers '%s': a rule about %s".formatted(asked.getFirst().words(), facts)
                : "it belongs to rules about one of " + facts;
    }

    /** Empty where there is a flaw. */
    private Optional<Value> argument(
            Operand operand, Verb verb, Verb.Parameter parameter, Scope scope) {
        String who =
                verb.parameters().size() == 1
                        ? "what '" + verb.name() + "' takes"
                        : "the " + parameter.name() + " of '" + verb.name() + "'";
        var expected = new Expected(who, parameter.type(), parameter.choices(), false);
        try {
            if (parameter.type() == Type.TEXT && operand instanceof Operand.Text text) {
                return Optional.of(values.template(text, scope));
            }
            if (operand instanceof Operand.Variable it
                    && scope.meaning(it.name()) == null
                    && isNameOfVariable(parameter)) {
                throw quoted(it);
            }
            if (parameter.type() == Type.TEXT
                    && (operand instanceof Operand.Variable
                            || operand instanceof Operand.FieldOf)) {
                return Optional.of(new Value.Template(List.of(values.resolve(operand, scope))));
            }
            Optional<Flaw> sum =
                    parameter.type() == Type.TEXT ? sumOfTexts(operand) : Optional.empty();
            if (sum.isPresent()) {
                throw sum.get();
            }
            return Optional.of(values.check(operand, expected, scope));
        } catch (Flaw e) {
            flaws.add(e);
            return Optional.empty();
        }
    }

    private static boolean isNameOfVariable(Verb.Parameter parameter) {
        return parameter.accepts().equals(Accepts.VARIABLE)
                || parameter.accepts().equals(Accepts.VARIABLES);
    }

    /** {@code $PATH}, as a shell has it. */
    private Flaw quoted(Operand.Variable written) {
        String right = '"' + written.name().substring(1) + '"';
        return flaw(
                        Code.UNKNOWN_VARIABLE,
                        written.span(),
                        "unknown variable '" + written.name() + "'",
                        "the name of a variable of the environment is a text: " + right)
                .mendedBy(source.correction(written.span(), right));
    }

    /** What is not a literal is looked at when the rule answers. */
    private void refuse(Operand operand, Value value, Verb.Parameter parameter) {
        if (hasStar(value)) {
            flaws.add(
                    source.diagnostic(
                            Code.GLOB_IN_PATH,
                            operand.span(),
                            "a star stands for nothing in a path that a verb takes",
                            "name the folder, which means all below it, or each file"));
        }
        if (value instanceof Value.Literal(Type _, Object literal)) {
            parameter
                    .accepts()
                    .problem(literal)
                    .ifPresent(it ->
                            flaws.add(source.diagnostic(Code.OUT_OF_RANGE, operand.span(), it)));
        }
    }

    /** A path that would cover nothing, where somebody means that it covers much. */
    private static boolean hasStar(Value value) {
        return switch (value) {
            case Value.LiteralPath(PathText path) -> path.rest().indexOf('*') >= 0;
            case Value.LongerPath(Value _, String text) -> text.indexOf('*') >= 0;
            default -> false;
        };
    }

    private Flaw flaw(Code code, Span span, String message, String... help) {
        return new Flaw(source.diagnostic(code, span, message, help));
    }
}
