package dev.blast.packaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file {@code WHEEL} inside a wheel (PEP 427).
 *
 * @param rootIsPurelib whether the root of the archive goes to {@code purelib} rather than {@code
 *     platlib}
 * @param tags what the wheel was built for, expanded
 */
public record WheelFile(Version wheelVersion, boolean rootIsPurelib, Set<Tag> tags) {
    /** An installer has to refuse a wheel of a higher major version. */
    private static final int KNOWN_MAJOR = 1;

    public WheelFile {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /**
     * Reads the file.
     *
     * @throws InvalidSyntaxException if a field is missing or wrong, or the format of the wheel is
     *     one that is not known here
     */
    public static WheelFile read(String text) {
        var fields = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Headers.Field field : Headers.read(text).fields()) {
            fields.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(field.value());
        }
        Version version = Version.parse(first(fields, "Wheel-Version", text));
        if (version.major() > KNOWN_MAJOR) {
            throw new InvalidSyntaxException(
                    "a wheel of a format that is not known here (up to 1.x)",
                    version.toString(),
                    0);
        }
        var tags = new LinkedHashSet<Tag>();
        fields.getOrDefault("Tag", List.of()).forEach(tag -> tags.addAll(Tag.parse(tag)));
        return new WheelFile(
                version, first(fields, "Root-Is-Purelib", text).equalsIgnoreCase("true"), tags);
    }

    private static String first(Map<String, List<String>> fields, String name, String text) {
        List<String> values = fields.get(name);
        if (values != null && values.size() > 1) {
            throw new InvalidSyntaxException(name + " stands more than once in WHEEL", text, 0);
        }
        if (values == null) {
            throw new InvalidSyntaxException("a WHEEL file without " + name, text, text.length());
        }
        return values.getFirst();
    }
}
