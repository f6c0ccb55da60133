package dev.blast.rules.vocabulary;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A verb that a rule may answer with.
 *
 * @param questions which questions it answers
 * @param answers from the values of its arguments, as many as were written, none of them null
 * @param meaning one line for the reference
 */
public record Verb(
        String name,
        Effect effect,
        Aspect aspect,
        List<Parameter> parameters,
        Set<Question> questions,
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
