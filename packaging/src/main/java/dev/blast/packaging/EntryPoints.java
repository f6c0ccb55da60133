package dev.blast.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code entry_points.txt} of a distribution: groups in brackets, then a line {@code name
 * = module:attribute} for each entry point. See the entry points specification.
 */
public record EntryPoints(List<EntryPoint> all) {
    /** None at all. */
    public static final EntryPoints NONE = new EntryPoints(List.of());

    public EntryPoints {
        all = List.copyOf(all);
    }

    /**
     * Reads the file. One name twice in a group is for those to judge who use the group.
     *
     * @throws InvalidSyntaxException if a line is neither a group nor an entry point in one
     */
    public static EntryPoints read(String text) {
        var all = new ArrayList<EntryPoint>();
        @Nullable String group = null;
        int at = 0;
        for (String line : text.split("\n", -1)) {
            String content = line.strip();
            int equals = content.indexOf('=');
            if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
                // nothing is said on this line
            } else if (content.startsWith("[") && content.endsWith("]")) {
                group = content.substring(1, content.length() - 1).strip();
            } else if (group == null || equals <= 0) {
                throw new InvalidSyntaxException(
                        "expected [group], then name = module:attribute", text, at);
            } else {
                String name = content.substring(0, equals).strip();
                all.add(EntryPoint.parse(group, name, content.substring(equals + 1)));
            }
            at += line.length() + 1;
        }
        return new EntryPoints(all);
    }

    /** The entry points of a group, in the order of the file. */
    public List<EntryPoint> in(String group) {
        return all.stream().filter(entryPoint -> entryPoint.group().equals(group)).toList();
    }

    /** The text of the file. */
    public String write() {
        var groups =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        EntryPoint::group,
                                        LinkedHashMap::new,
                                        Collectors.toCollection(ArrayList::new)));
        var text = new StringBuilder();
        groups.forEach((group, members) -> {
            text.append(text.isEmpty() ? "" : "\n").append('[').append(group).append("]\n");
            members.forEach(member -> text.append(member).append('\n'));
        });
        return text.toString();
    }
}
