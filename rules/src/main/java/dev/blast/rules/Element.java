package dev.blast.rules;

import java.util.List;

/**
 * One part of a checked rule's conditions; all parts must hold. Alternatives have become several
 * branches before.
 */
sealed interface Element {

    /**
     * A fact that passes all tests.
     *
     * @param slot its place in the frame
     */
    record Match(Span span, FactType fact, int slot, List<Test> tests) implements Element {}

    /** There is no way to match all of these together. */
    record Absent(Span span, List<Element> elements) implements Element {}

    /** There is at least one way to match all of these together. */
    record Present(Span span, List<Element> elements) implements Element {}
}
