package dev.blast.environment.install;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The module by which setuptools lets an editable package be found where no folder can be added to
 * the path: its text is one of setuptools' own, and what it makes importable is named in three
 * lines.
 *
 * <p>Source: {@code setuptools/command/editable_wheel.py}, from 64.0 to 82.0.
 */
final class EditableFinder {
    /** By the hash of all but these three lines. */
    private static final Set<String> TEXTS =
            Set.of(
                    "sha256=juRww-eRgIXK_JzYEHQ2IpEXFjGfrqtzo2FSftPezRQ",
                    "sha256=7WKe6IFn7gWxdJXPjdNNzuS7EvoUgYw0wiQM6_ZYc9o",
                    "sha256=zs62CP4KUi4kS4PvM7nojlFbBCro86Jhbk1WsZ54Kr4",
                    "sha256=IWNAyvm2Zz033X1xZO-eZgWN6m7Mxh6_H8Z6Z_ZpTSo",
                    "sha256=nGOnwf6e6ApYV-uOVXJqUr0vbKfAvuIBK7OZX6R-pC8");

    private static final Pattern DATA =
            Pattern.compile("(MAPPING|NAMESPACES|PATH_PLACEHOLDER)(?:: [^=]*)? = (.*)");

    private static final String NAME = "'[\\w.]+'";
    private static final String PLACE = "'/[^'\\\\\\p{Cntrl}]*'";
    private static final Pattern PLACEHOLDER =
            Pattern.compile("'[\\w.+-]+' \\+ \"\\.__path_hook__\"");
    private static final Pattern MAPPING =
            Pattern.compile("\\{(?:%s: %s(?:, (?=')|(?=})))*}".formatted(NAME, PLACE));
    private static final Pattern NAMESPACES =
            Pattern.compile(
                    "\\{(?:%s: \\[(?:%s(?:, (?=')|(?=])))*](?:, (?=')|(?=})))*}"
                            .formatted(NAME, PLACE));
    private static final Pattern IN_QUOTES = Pattern.compile("'([^']*)'");
    private static final Pattern CALL =
            Pattern.compile("import (__editable___\\w+_finder); \\1\\.install\\(\\)");

    private EditableFinder() {}

    /** The module that a line of a .pth file installs; null where it does anything else. */
    static @Nullable String module(List<String> code) {
        Matcher call = CALL.matcher(code.size() == 1 ? code.getFirst() : "");
        return call.matches() ? call.group(1) + ".py" : null;
    }

    /**
     * Whether a module is known, and makes nothing importable but what lies in a folder.
     *
     * @param forbidden names of modules that Python imports by itself
     */
    static boolean isKnown(byte[] content, Path folder, Collection<String> forbidden) {
        var rest = new ArrayList<String>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            Matcher data = DATA.matcher(line);
            if (!data.matches()) {
                rest.add(line);
            } else if (!isHarmless(data.group(1), data.group(2), folder, forbidden)) {
                return false;
            }
        }
        byte[] text = String.join("\n", rest).getBytes(StandardCharsets.UTF_8);
        return TEXTS.contains(RecordHash.of(text));
    }

    private static boolean isHarmless(
            String name, String value, Path folder, Collection<String> forbidden) {
        Pattern form =
                switch (name) {
                    case "MAPPING" -> MAPPING;
                    case "NAMESPACES" -> NAMESPACES;
                    default -> PLACEHOLDER;
                };
        if (!form.matcher(value).matches()) {
            return false;
        }
        Matcher texts = IN_QUOTES.matcher(value);
        while (texts.find()) {
            String text = texts.group(1);
            boolean isPlace = text.startsWith("/");
            if (isPlace
                    ? !Path.of(text).normalize().startsWith(folder)
                    : forbidden.contains(text.replaceFirst("\\..*", ""))) {
                return false;
            }
        }
        return true;
    }
}
