package dev.blast.rules.checked;

import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import java.util.List;

/**
 * One part of a checked rule's conditions; all parts must hold. Alternatives have become several
 * branches before.
 */
public sealed interface Element {

    /** As it stands in the file. */
    Span span();

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
