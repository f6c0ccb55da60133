package dev.blast.solver.graph;

import dev.blast.packaging.Visible;

/**
 * HTML or XML while it is written. Whatever comes in as a text or the value of an attribute comes
 * out as that: the calls alone make elements. Names of elements and attributes are the code's own.
 */
public final class Markup {
    private final StringBuilder text = new StringBuilder();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turns
     */
    public Markup open(String element, String... attributes) {
        text.append('<').append(element);
        attributes(attributes);
        text.append('>');
        return this;
    }

    public Markup close(String element) {
        text.append("</").append(element).append('>');
        return this;
    }

    /** An element with a text in it. */
    public Markup element(String element, String content, String... attributes) {
        return open(element, attributes).text(content).close(element);
    }

    /** An element that holds nothing. */
    public Markup empty(String element, String... attributes) {
        text.append('<').append(element);
        attributes(attributes);
        text.append("/>");
        return this;
    }

    public Markup text(String words) {
        text.append(escaped(words));
        return this;
    }

    public Markup line() {
        text.append('\n');
        return this;
    }

    /** What is markup already. */
    public Markup add(Markup other) {
        text.append(other.text);
        return this;
    }

    /** A style sheet, a script, or anything else of the code's own that is not to be escaped. */
    public Markup own(String words) {
        text.append(words);
        return this;
    }

    private void attributes(String... attributes) {
        for (int at = 0; at < attributes.length; at += 2) {
            text.append(' ').append(attributes[at]).append("=\"");
            text.append(escaped(attributes[at + 1])).append('"');
        }
    }

    /** Hidden characters are shown, as everywhere; some of them are none in XML. */
    private static String escaped(String words) {
        return Visible.of(words)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
