package dev.blast.rules.checked;

import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import java.util.List;
import java.util.stream.Stream;

/**
 * One part of a checked rule's conditions; all parts must hold. Alternatives have become several
 * branches before.
 */
public sealed interface Element {

    /** As it stands in the file. */
    Span span();

    /** The facts of its patterns. */
    default Stream<FactType> facts() {
        return switch (this) {
            case Match match -> Stream.of(match.fact());
            case Absent(Span _, List<Element> parts) -> parts.stream().flatMap(Element::facts);
            case Present(Span _, List<Element> parts) -> parts.stream().flatMap(Element::facts);
        };
    }

    /**
     * A fact that passes all tests.
     *
     * @param slot its place in the frame
     */
    record Match(Span span, FactType fact, int slot, List<Check> tests) implements Element {}

    /** There is no way to match all of these together. */
    record Absent(Span span, List<Element> elements) implements Element {}

    /** There is at least one way to match all of these together. */
    record Present(Span span, List<Element> elements) implements Element {}
}
