package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.toml.TomlEditor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element of an array of requirements in {@code pyproject.toml}.
 *
 * @param path of the element
 * @param text as it is written
 * @param offset where it begins in the text
 */
record WrittenRequirement(
        List<Object> path, String text, Requirement requirement, int line, int offset) {
    /** What narrows, beside what is asked for. */
    private static final List<List<String>> BOUNDS =
            List.of(
                    List.of("tool", "blast", "overrides"),
                    List.of("tool", "uv", UvSettings.OVERRIDES),
                    List.of("tool", "uv", UvSettings.CONSTRAINTS));

    WrittenRequirement {
        path = List.copyOf(path);
    }

    /** All that PEP 621 and PEP 735 have, and overrides and constraints, where they stand. */
    static List<WrittenRequirement> all(TomlEditor editor) {
        List<WrittenRequirement> elements = asked(editor);
        for (List<String> key : BOUNDS) {
            Object at = editor.values();
            for (String part : key) {
                at = at instanceof Map<?, ?> table ? table.get(part) : null;
            }
            add(elements, editor, at, key.toArray());
        }
        return elements;
    }

    /** What is asked for: dependencies, extras and groups. */
    static List<WrittenRequirement> asked(TomlEditor editor) {
        var elements = new ArrayList<WrittenRequirement>();
        Map<String, Object> values = editor.values();
        if (values.get("project") instanceof Map<?, ?> table) {
            add(elements, editor, table.get("dependencies"), "project", "dependencies");
            addAll(
                    elements,
                    editor,
                    table.get("optional-dependencies"),
                    "project",
                    "optional-dependencies");
        }
        addAll(elements, editor, values.get("dependency-groups"), "dependency-groups");
        return elements;
    }

    private static void addAll(
            List<WrittenRequirement> elements,
            TomlEditor editor,
            @Nullable Object groups,
            Object... path) {
        if (groups instanceof Map<?, ?> table) {
            for (Map.Entry<?, ?> group : table.entrySet()) {
                add(elements, editor, group.getValue(), longer(path, group.getKey()));
            }
        }
    }

    private static void add(
            List<WrittenRequirement> elements,
            TomlEditor editor,
            @Nullable Object array,
            Object... path) {
        if (array instanceof List<?> texts) {
            for (int i = 0; i < texts.size(); i++) {
                if (texts.get(i) instanceof String text && isRequirement(text)) {
                    Object[] place = longer(path, i);
                    elements.add(
                            new WrittenRequirement(
                                    List.of(place),
                                    text,
                                    Requirement.parse(text),
                                    editor.line(place),
                                    editor.offset(place)));
                }
            }
        }
    }

    private static boolean isRequirement(String text) {
        try {
            return !Requirement.parse(text).name().normalized().isEmpty();
        } catch (InvalidSyntaxException e) {
            return false; // in a table that was not read for that
        }
    }

    private static Object[] longer(Object[] path, Object last) {
        Object[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = last;
        return longer;
    }

    /** The array that it stands in. */
    Object[] array() {
        return path.subList(0, path.size() - 1).toArray();
    }

    boolean isOf(ExtraName group) {
        return path.get(path.size() - 2) instanceof String key && new ExtraName(key).equals(group);
    }

    /** Where it is asked for; null where it only narrows. */
    @Nullable ProjectPart part() {
        return switch (String.valueOf(path.getFirst())) {
            case "dependency-groups" ->
                    new ProjectPart.Group(new ExtraName(String.valueOf(path.get(1))));
            case "project" ->
                    path.size() == 3
                            ? new ProjectPart.Dependencies()
                            : new ProjectPart.Extra(new ExtraName(String.valueOf(path.get(2))));
            default -> null;
        };
    }
}
