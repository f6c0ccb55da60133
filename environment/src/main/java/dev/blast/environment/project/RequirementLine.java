package dev.blast.environment.project;

import dev.blast.packaging.SpecifierEdit;
import dev.blast.packaging.SpecifierSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One logical line of a requirements file as it stands in the text, with the lines that continue
 * it; each letter knows where it stands.
 *
 * @param begin of its first line
 * @param end behind its last line's end
 * @param logical without backslashes and line ends
 * @param offsets of each letter of it
 */
record RequirementLine(String text, int begin, int end, String logical, List<Integer> offsets) {
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    private static final Pattern LINE = Pattern.compile("[^\\r\\n]*(\\r\\n|\\r|\\n|$)");

    RequirementLine {
        offsets = List.copyOf(offsets);
    }

    /**
     * The one that begins on a line.
     *
     * @param number from 1
     */
    static Optional<RequirementLine> at(int number, String text) {
        Matcher lines = LINE.matcher(text);
        for (int i = 0; i < number; i++) {
            if (!lines.find() || lines.end() == lines.start()) {
                return Optional.empty();
            }
        }
        return Optional.of(on(lines, text));
    }

    /**
     * The one that begins on the line that was found last.
     *
     * @param lines is left at its last line
     */
    private static RequirementLine on(Matcher lines, String text) {
        int begin = lines.start();
        var logical = new StringBuilder();
        var offsets = new ArrayList<Integer>();
        boolean goesOn;
        do {
            String line = text.substring(lines.start(), lines.start(1));
            if (isComment(line) && !logical.isEmpty()) { // pip puts a blank before it
                logical.append(' ');
                offsets.add(lines.start());
            }
            goesOn = line.endsWith("\\") && !isComment(line);
            String letters = goesOn ? line.substring(0, line.length() - 1) : line;
            for (int i = 0; i < letters.length(); i++) {
                offsets.add(lines.start() + i);
            }
            logical.append(letters);
        } while (goesOn && lines.end() < text.length() && lines.find());
        return new RequirementLine(text, begin, lines.end(), logical.toString(), offsets);
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    private RequirementWords words() {
        return RequirementWords.of(COMMENT.matcher(logical).replaceFirst("").strip());
    }

    /** What is asked for, as it is written. */
    String asked() {
        return words().asked();
    }

    boolean hasHashes() {
        return words().options().stream().anyMatch(option -> option.name().equals("--hash"));
    }

    /** The whole text without it; where the last line has no end, the one before it has none. */
    String removed() {
        boolean isCutOff = end == text.length() && !text.endsWith("\n") && begin > 0;
        int from = isCutOff ? begin - (text.startsWith("\r\n", begin - 2) ? 2 : 1) : begin;
        return text.substring(0, from) + text.substring(end);
    }

    /** All of them, from above. */
    static List<RequirementLine> all(String text) {
        var all = new ArrayList<RequirementLine>();
        Matcher lines = LINE.matcher(text);
        while (lines.find() && lines.end() > lines.start()) {
            all.add(on(lines, text));
        }
        return all;
    }

    /** What it says beside what is asked for, or alone. */
    List<RequirementWords.Option> options() {
        return words().options();
    }

    /** The whole text where this is asked for instead. */
    String asking(String other) {
        int from = logical.length() - logical.stripLeading().length();
        int last = offset(from + asked().length() - 1) + 1;
        return text.substring(0, offset(from)) + other + text.substring(last);
    }

    /** The whole text with other versions in it. */
    Optional<String> with(SpecifierSet specifier) {
        int from = logical.length() - logical.stripLeading().length();
        return SpecifierEdit.of(asked(), specifier)
                .map(edit -> {
                    int first = offset(from + edit.begin());
                    int last =
                            edit.end() == edit.begin() ? first : offset(from + edit.end() - 1) + 1;
                    return text.substring(0, first) + edit.text() + text.substring(last);
                });
    }

    private int offset(int letter) {
        return letter < offsets.size()
                ? offsets.get(letter)
                : offsets.isEmpty() ? begin : offsets.getLast() + 1;
    }
}
