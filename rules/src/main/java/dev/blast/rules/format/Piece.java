package dev.blast.rules.format;

import dev.blast.rules.parse.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands on lines of its own: the head of a rule, an annotation, a condition, a statement.
 *
 * @param section where it stands
 */
record Piece(Section section, List<Token> words) {
    private static final int WIDTH = 120;
    private static final String STEP = "    ";

    /** The parts of a file, which differ in how far their pieces are indented. */
    enum Section {
        FILE(""),
        HEAD(STEP),
        WHEN(STEP),
        THEN(STEP);

        private final String indent;

        Section(String indent) {
            this.indent = indent;
        }

        String indent() {
            return indent;
        }
    }

    int start() {
        return words.getFirst().span().start();
    }

    int end() {
        return words.getLast().span().end();
    }

    boolean begins(String word) {
        return words.getFirst().text().equals(word);
    }

    boolean isKeyword() {
        return words.size() == 1 && (begins("when") || begins("then") || begins("end"));
    }

    String indent() {
        return isKeyword() ? "" : section.indent();
    }

    /** Where a comment stands that comes after it. */
    Section after() {
        return begins("rule") ? Section.HEAD : begins("end") ? Section.FILE : section;
    }

    /** Its lines: one where that is not too long, else one for each part of what it lists. */
    List<String> lines() {
        String line = indent() + Words.line(words);
        return line.length() <= WIDTH || section == Section.FILE || section == Section.HEAD
                ? List.of(line)
                : parts();
    }

    private List<String> parts() {
        var lines = new ArrayList<String>();
        var part = new ArrayList<Token>();
        int depth = 0;
        for (int i = 0; i < words.size(); i++) {
            Token word = words.get(i);
            boolean joins = i > 0 && (word.text().equals("and") || word.text().equals("or"));
            if (depth <= 1 && joins) {
                flush(lines, part, depth);
            }
            if (word.text().equals(")") && --depth == 0) {
                flush(lines, part, 1);
            }
            part.add(word);
            if (word.text().equals("(") && depth++ == 0) {
                flush(lines, part, 0);
            } else if (word.text().equals(",") && depth == 1) {
                flush(lines, part, 1);
            }
        }
        flush(lines, part, 0);
        return lines;
    }

    /** A part of it, which is broken before what joins its alternatives where it is too long. */
    private void flush(List<String> lines, List<Token> part, int depth) {
        String lead = indent() + STEP.repeat(depth);
        List<List<Token>> rows = List.of(List.copyOf(part));
        for (String symbol : List.of("||", "&&")) {
            boolean isLong =
                    rows.size() == 1 && (lead + Words.line(rows.getFirst())).length() > WIDTH;
            rows = isLong ? before(symbol, rows.getFirst()) : rows;
        }
        rows.stream()
                .filter(row -> !row.isEmpty())
                .forEach(row -> lines.add(lead + Words.line(row)));
        part.clear();
    }

    private static List<List<Token>> before(String symbol, List<Token> words) {
        var rows = new ArrayList<List<Token>>();
        int first = 0;
        int depth = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0 && word.equals(symbol)) {
                rows.add(words.subList(first, i));
                first = i;
            }
        }
        rows.add(words.subList(first, words.size()));
        return rows;
    }
}
