package dev.blast.rules.mutant;

import dev.blast.rules.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a rule with one thing in it changed.
 *
 * @param span what was written in the place of the change
 * @param change the change in words: {@code port >= 1024 instead of port > 1024}
 * @param part null where it is left out
 */
record Altered<T>(Span span, String change, @Nullable T part) {

    /** The same change, seen from the part around this one. */
    <U> Altered<U> in(Function<T, U> around) {
        return new Altered<>(span, change, part == null ? null : around.apply(part));
    }

    /** Each list in which one part is changed, or left out. */
    static <T> List<Altered<List<T>>> each(
            List<T> parts, Function<T, List<Altered<T>>> alterations) {
        var lists = new ArrayList<Altered<List<T>>>();
        for (int i = 0; i < parts.size(); i++) {
            for (Altered<T> it : alterations.apply(parts.get(i))) {
                var list = new ArrayList<T>(parts);
                if (it.part() == null) {
                    list.remove(i);
                } else {
                    list.set(i, it.part());
                }
                lists.add(new Altered<>(it.span(), it.change(), List.copyOf(list)));
            }
        }
        return lists;
    }
}
