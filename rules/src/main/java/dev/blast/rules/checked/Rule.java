package dev.blast.rules.checked;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Verb;
import java.util.List;
import java.util.Map;

/**
 * A checked rule, ready to be lowered and asked.
 *
 * @param origin where its head begins
 * @param annotations {@code reason owner help severity}, by name
 * @param closes whether it is final: where it answers, lower layers open nothing in the same aspect
 * @param branches the alternatives of its conditions; it answers once for each way in which one of
 *     them matches
 * @param looksAt the fields that it mentions, and where first
 */
public record Rule(
        Source source,
        Span head,
        Origin origin,
        String name,
        Map<String, String> annotations,
        boolean closes,
        Question question,
        List<Branch> branches,
        Map<FieldOf, Span> looksAt) {

    /**
     * One way for the rule to match: its conditions without alternatives, and what it then says.
     *
     * @param slots how many patterns there are
     */
    public record Branch(List<Element> elements, List<Action> actions, int slots) {}

    /** One statement of the consequence, checked. */
    public record Action(Span span, Verb verb, List<Value> arguments) {}

    public record FieldOf(FactType fact, Field field) {}

    public Layer layer() {
        return source.file().layer();
    }

    public String reason() {
        return annotations.getOrDefault("reason", "");
    }

    public List<Action> actions() {
        return branches.getFirst().actions();
    }

    public boolean has(Effect effect) {
        return actions().stream().anyMatch(action -> action.verb().effect() == effect);
    }
}
