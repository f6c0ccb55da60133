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

        record FieldOf(Value.OfField value) implements Meaning {}
    }

    private final Map<String, Meaning> variables;

    Scope() {
        this(Map.of());
    }

    private Scope(Map<String, Meaning> variables) {
        this.variables = new HashMap<>(variables);
    }

    Scope inner() {
        return new Scope(variables);
    }

    /** Answers false where the name is taken. */
    boolean bind(String name, Meaning meaning) {
        return variables.putIfAbsent(name, meaning) == null;
    }

    @Nullable Meaning meaning(String name) {
        return variables.get(name);
    }

    Set<String> names() {
        return variables.keySet();
    }
}
