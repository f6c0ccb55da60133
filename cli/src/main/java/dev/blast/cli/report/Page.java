package dev.blast.cli.report;

/**
 * The text of a report while it is written. Values may hold what others wrote: a line end in one of
 * them is shown as {@code \\n}, so that only the report itself begins lines.
 */
final class Page {
    private final StringBuilder text = new StringBuilder();

    Page() {}

    Page(String start) {
        append(start);
    }

    Page append(Object value) {
        text.append(oneLine(value.toString()));
        return this;
    }

    Page append(char c) {
        text.append(c);
        return this;
    }

    Page append(long number) {
        text.append(number);
        return this;
    }

    /** Ends the line. */
    Page end() {
        text.append('\n');
        return this;
    }

    Page line(Object value) {
        return append(value).end();
    }

    /** Lines that another page, or a module's own rendering of its values, has made. */
    Page lines(String rendered) {
        text.append(rendered);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Everything else that cannot be seen is escaped where the text goes out. */
    static String oneLine(String words) {
        return words.indexOf('\n') < 0 && words.indexOf('\t') < 0
                ? words
                : words.replace("\n", "\\n").replace("\t", "\\t");
    }
}
