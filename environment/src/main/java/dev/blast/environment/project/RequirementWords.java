package dev.blast.environment.project;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One logical line of a requirements file: what is asked for, and the options beside it.
 *
 * @param asked empty on a line of options alone
 * @param options in the order of the line
 */
record RequirementWords(String asked, List<Option> options) {
    /**
     * An option as it was written.
     *
     * @param value empty where none is glued to it by {@code =} or by {@code -rFILE}, and where it
     *     is the next word's
     */
    record Option(String name, String value) {}

    private static final Pattern FIRST_OPTION = Pattern.compile("(?:^|\\s)(?=--?[A-Za-z])");

    /** Options that take no value; each other one takes the next word where none is glued. */
    private static final List<String> FLAGS =
            List.of(
                    "--no-index",
                    "--pre",
                    "--prefer-binary",
                    "--require-hashes",
                    "--use-pep517",
                    "--no-use-pep517",
                    "--no-build-isolation");

    static RequirementWords of(String line) {
        Matcher first = FIRST_OPTION.matcher(line);
        if (!first.find()) {
            return new RequirementWords(line.strip(), List.of());
        }
        List<String> words = split(line.substring(first.end()));
        var options = new ArrayList<Option>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (FLAGS.contains(word)) {
                options.add(new Option(word, ""));
            } else if (word.startsWith("--") && equals > 0) {
                options.add(new Option(word.substring(0, equals), word.substring(equals + 1)));
            } else if (!word.startsWith("--") && word.startsWith("-") && word.length() > 2) {
                options.add(
                        new Option(word.substring(0, 2), word.substring(2).replaceFirst("^=", "")));
            } else {
                options.add(new Option(word, i + 1 < words.size() ? words.get(++i) : ""));
            }
        }
        return new RequirementWords(line.substring(0, first.start()).strip(), options);
    }

    /** Words as a POSIX shell splits them, without expanding anything (Python's shlex). */
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < text.length();
            if (escapes
                    && (quote == 0 || text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                word.append(text.charAt(++i));
                begun = true;
            } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
                quote = quote == 0 ? c : 0;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
