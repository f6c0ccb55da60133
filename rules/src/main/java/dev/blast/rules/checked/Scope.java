package dev.blast.rules.checked;

import dev.blast.rules.vocabulary.FactType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that are bound at one place of a rule. What is bound inside not or exists stays
 * inside.
 */
final class Scope {

    sealed interface Meaning {
        record Fact(int slot, FactType type) implements Meaning {}

        /** Its binding could not be read or checked, which was found before. */
        record Lost() implements Meaning {}

        record FieldOf(Value.OfField value) implements Meaning {}
    }

    private final Map<String, Meaning> variables;

    /**
     * @param lost variables of which nothing is known
     */
    Scope(Set<String> lost) {
        this(Map.of());
        lost.forEach(name -> variables.put(name, new Meaning.Lost()));
    }

    private Scope(Map<String, Meaning> variables) {
        this.variables = new HashMap<>(variables);
    }

    Scope inner() {
        return new Scope(variables);
    }

    /** Answers false where the name is taken. */
    boolean bind(String name, Meaning meaning) {
        Meaning known = variables.get(name);
        if (known != null && !(known instanceof Meaning.Lost)) {
            return false;
        }
        variables.put(name, meaning);
        return true;
    }

    @Nullable Meaning meaning(String name) {
        return variables.get(name);
    }

    Set<String> names() {
        return variables.keySet();
    }
}
