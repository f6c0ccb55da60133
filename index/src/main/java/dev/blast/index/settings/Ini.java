package dev.blast.index.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the files that Python's configparser reads, leniently: a line that makes no sense is passed
 * over.
 */
final class Ini {

    private Ini() {}

    /**
     * Values by {@code section.name}; a value over several lines keeps its line ends. Names as pip
     * compares them.
     */
    static Map<String, String> read(List<String> lines) {
        var values = new HashMap<String, String>();
        String section = "";
        String key = "";
        for (String line : lines) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
                values.merge(key, text, (before, more) -> before + "\n" + more);
            } else if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).strip();
                key = "";
            } else {
                String[] parts = text.split("[=:]", 2);
                if (parts.length == 2) {
                    key = section + "." + name(parts[0]);
                    values.put(key, parts[1].strip());
                }
            }
        }
        return values;
    }

    private static String name(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^--", "");
    }
}
