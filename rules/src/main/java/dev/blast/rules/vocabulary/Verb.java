package dev.blast.rules.vocabulary;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A verb that a rule may answer with.
 *
 * @param answers from the values of its arguments, as many as were written, none of them null
 * @param meaning one line for the reference
 */
public record Verb(
        String name,
        Effect effect,
        Aspect aspect,
        List<Parameter> parameters,
        Function<List<Object>, List<Answer>> answers,
        String meaning) {

    /** How often an argument may be written. */
    enum Count {
        ONE,
        OPTIONAL,
        SEVERAL
    }

    /**
     * An argument of a verb, or the last one as often as it is given.
     *
     * @param choices the names that a {@link Type#CHOICE} has
     * @param accepts what its values must be besides
     */
    public record Parameter(
            String name, Type type, Count count, List<String> choices, Accepts accepts) {
        Parameter(String name, Type type, Count count, Accepts accepts) {
            this(name, type, count, List.of(), accepts);
        }

        String shown() {
            return switch (count) {
                case ONE -> name;
                case OPTIONAL -> "[" + name + "]";
                case SEVERAL -> name + "…";
            };
        }
    }

    public static Words opens(String name, Aspect aspect) {
        return new Words(name, Effect.OPENS, aspect, List.of());
    }

    public static Words narrows(String name, Aspect aspect) {
        return new Words(name, Effect.NARROWS, aspect, List.of());
    }

    /** A verb that neither opens nor narrows: it chooses among what is allowed. */
    public static Words steers(String name, Effect effect, Aspect aspect) {
        return new Words(name, effect, aspect, List.of());
    }

    /** A verb while it is written down. */
    public record Words(String name, Effect effect, Aspect aspect, List<Parameter> parameters) {

        public Words takes(String parameter, Type type, Accepts accepts) {
            return with(new Parameter(parameter, type, Count.ONE, accepts));
        }

        public Words takesOneOf(String parameter, List<String> choices) {
            return with(
                    new Parameter(parameter, Type.CHOICE, Count.ONE, choices, Accepts.ANYTHING));
        }

        public Words mayTake(String parameter, Type type, Accepts accepts) {
            return with(new Parameter(parameter, type, Count.OPTIONAL, accepts));
        }

        public Words takesSeveral(String parameter, Type type, Accepts accepts) {
            return with(new Parameter(parameter, type, Count.SEVERAL, accepts));
        }

        private Words with(Parameter parameter) {
            List<Parameter> more = new ArrayList<>(parameters);
            more.add(parameter);
            return new Words(name, effect, aspect, List.copyOf(more));
        }

        /**
         * The verb that gives one answer.
         *
         * @param meaning one line for the reference
         */
        public Verb means(String meaning, Function<Arguments, Answer> answer) {
            return verb(meaning, it -> List.of(answer.apply(new Arguments(it))));
        }

        /** The verb that gives an answer for each of its values. */
        public Verb meansEach(String meaning, Function<Object, Answer> answer) {
            return verb(
                    meaning,
                    it -> {
                        List<Answer> answers = new ArrayList<>(it.size());
                        it.forEach(value -> answers.add(answer.apply(value)));
                        return answers;
                    });
        }

        private Verb verb(String meaning, Function<List<Object>, List<Answer>> answers) {
            return new Verb(name, effect, aspect, parameters, answers, meaning);
        }
    }

    /** The values of a verb's arguments, in their order. */
    public record Arguments(List<Object> values) {
        public Object get(int place) {
            return values.get(place);
        }

        public int size() {
            return values.size();
        }

        /** A text; empty where it was left out. */
        public String text(int place) {
            return place < values.size() ? (String) values.get(place) : "";
        }

        public int number(int place) {
            return ((BigDecimal) values.get(place)).intValueExact();
        }

        /**
         * An amount in its unit; a limit is never rounded up, and {@link Accepts} has bounded it.
         */
        public long whole(int place) {
            return ((BigDecimal) values.get(place)).setScale(0, RoundingMode.DOWN).longValueExact();
        }
    }

    /** {@code temporary(path, size)}. */
    public String signature() {
        return name
                + "("
                + String.join(", ", parameters.stream().map(Parameter::shown).toList())
                + ")";
    }

    /**
     * The parameter that stands at a place; of a repeated one every place from its own on. Null
     * behind the last.
     */
    public @Nullable Parameter at(int place) {
        if (place < parameters.size()) {
            return parameters.get(place);
        }
        return !parameters.isEmpty() && parameters.getLast().count() == Count.SEVERAL
                ? parameters.getLast()
                : null;
    }

    public long required() {
        return parameters.stream().filter(parameter -> parameter.count() != Count.OPTIONAL).count();
    }
}
