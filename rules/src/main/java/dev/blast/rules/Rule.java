package dev.blast.rules;

import java.util.List;
import java.util.Map;

/**
 * A checked rule, ready to be lowered and asked.
 *
 * @param annotations {@code reason owner help severity}, by name
 * @param closes whether it is final: where it answers, lower layers open nothing in the same aspect
 * @param branches the alternatives of its conditions; it answers once for each way in which one of
 *     them matches
 * @param looksAt the fields that it mentions, and where first
 */
record Rule(
        Source source,
        Span head,
        String name,
        Map<String, String> annotations,
        boolean closes,
        Question question,
        List<Branch> branches,
        Map<FieldOf, Span> looksAt) {

    /**
     * @param slots how many patterns there are
     */
    record Branch(List<Element> elements, List<Action> actions, int slots) {}

    /** One statement of the consequence, checked. */
    record Action(Span span, Verb verb, List<Value> arguments) {}

    record FieldOf(FactType fact, Field field) {}

    Origin origin() {
        return source.origin(head.start());
    }

    Layer layer() {
        return source.file().layer();
    }

    String reason() {
        return annotations.getOrDefault("reason", "");
    }

    List<Action> actions() {
        return branches.getFirst().actions();
    }

    boolean has(Effect effect) {
        return actions().stream().anyMatch(action -> action.verb().effect() == effect);
    }
}
