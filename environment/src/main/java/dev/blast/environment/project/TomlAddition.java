package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.toml.TomlEditor;
import dev.blast.toml.TomlException;
import dev.blast.toml.TomlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A requirement more in {@code pyproject.toml}. */
final class TomlAddition {
    private static final List<String> SOURCES = List.of("tool", "uv", "sources");

    private final Project project;
    private final Set<PackageName> names;
    private final EditedText text;
    private final ProjectPart part;
    private final Collection<String> said;

    /**
     * @param names of all that is added
     * @param said gets what a person is told
     */
    TomlAddition(
            Project project,
            Set<PackageName> names,
            EditedText text,
            ProjectPart part,
            Collection<String> said) {
        this.project = project;
        this.names = Set.copyOf(names);
        this.text = text;
        this.part = part;
        this.said = said;
    }

    /**
     * Adds it, or words it anew where it stands.
     *
     * @param written as it is to stand there
     */
    void add(Addition addition, String written) throws EnvironmentException {
        try {
            TomlEditor editor = withProject(TomlEditor.of(text.name().toString(), text.text()));
            List<String> array = array(editor);
            editor = withArray(editor, array);
            editor = with(editor, array, addition, written);
            if (addition.place() != null) {
                editor = withSource(editor, addition.name(), addition.place());
            }
            text.become(editor.text());
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /** A name and a version are the least that a {@code [project]} has (PEP 621). */
    private TomlEditor withProject(TomlEditor editor) throws TomlException {
        boolean needsOne =
                !(part instanceof ProjectPart.Group)
                        || (text.text().isEmpty() && !AdditionTarget.isSaidElsewhere(project));
        if (editor.values().containsKey("project") || !needsOne) {
            return editor;
        }
        String end = text.lineEnd();
        String table =
                String.join(
                        end,
                        "[project]",
                        "name = \"%s\"".formatted(name()),
                        "version = \"0.1.0\"",
                        "dependencies = []",
                        "");
        String now = editor.text();
        boolean beginsWithTable = now.isBlank() || now.stripLeading().startsWith("[");
        String edited =
                now.isBlank()
                        ? table
                        : beginsWithTable
                                ? table + end + now
                                : now + (now.endsWith("\n") ? "" : end) + end + table;
        return TomlEditor.of(text.name().toString(), edited);
    }

    /** The folder's, as far as a name may have it; another one where that is asked for. */
    private String name() {
        String plain =
                project.name()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "-")
                        .replaceAll("^[._-]+|[._-]+$", "");
        String name = plain.isEmpty() ? "project" : plain;
        if (!names.contains(new PackageName(name))) {
            return name;
        }
        String other = name + "-project";
        said.add("the project is called %s, since %s is what it asks for".formatted(other, name));
        return other;
    }

    /** Where the array is: a group and an extra by whatever spelling they have. */
    private List<String> array(TomlEditor editor) {
        return switch (part) {
            case ProjectPart.Dependencies() -> List.of("project", "dependencies");
            case ProjectPart.Group(ExtraName group) ->
                    List.of("dependency-groups", key(editor, group, "dependency-groups"));
            case ProjectPart.Extra(ExtraName extra) ->
                    List.of(
                            "project",
                            "optional-dependencies",
                            key(editor, extra, "project", "optional-dependencies"));
        };
    }

    private static String key(TomlEditor editor, ExtraName name, String... table) {
        if (at(editor, List.of(table)) instanceof Map<?, ?> map) {
            for (Object key : map.keySet()) {
                try {
                    if (new ExtraName(String.valueOf(key)).equals(name)) {
                        return String.valueOf(key);
                    }
                } catch (InvalidSyntaxException e) {
                    // no name of a group; said when it is read
                }
            }
        }
        return name.normalized();
    }

    private static @Nullable Object at(TomlEditor editor, List<String> path) {
        Object at = editor.values();
        for (String step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    private TomlEditor withArray(TomlEditor editor, List<String> array)
            throws TomlException, EnvironmentException {
        if (at(editor, array) instanceof List<?>) {
            return editor;
        }
        List<String> table = array.subList(0, array.size() - 1);
        String behind = table.size() > 1 ? table.getFirst() : null;
        return editor.put(array.getLast(), "[]", table, behind)
                .orElseThrow(() -> unusual(editor, table));
    }

    private EnvironmentException unusual(TomlEditor editor, List<String> path) {
        int line = editor.line(path.toArray());
        return new EnvironmentException(
                Message.of(
                        "%s%s: [%s] is written in no usual way; nothing was changed\nwrite it there by hand, then blast sync",
                        text.name(), line == 0 ? "" : ":" + line, String.join(".", path)));
    }

    private TomlEditor with(
            TomlEditor editor, List<String> array, Addition addition, String written)
            throws TomlException, EnvironmentException {
        List<WrittenRequirement> there =
                WrittenRequirement.asked(editor).stream()
                        .filter(it -> List.of(it.array()).equals(List.<Object>copyOf(array)))
                        .filter(it -> it.requirement().name().equals(addition.name()))
                        .toList();
        var rewording = new Rewording(addition, text.name());
        int at = rewording.which(there.stream().map(WrittenRequirement::requirement).toList());
        if (at < 0) {
            return editor.insert(
                            place(editor, array, addition.name()),
                            Rewording.plain(written),
                            array.toArray())
                    .orElseThrow(() -> unusual(editor, array));
        }
        WrittenRequirement found = there.get(at);
        String now = Rewording.plain(rewording.of(found.text(), found.requirement(), written));
        if (now.equals(Rewording.plain(found.text()))) {
            said.add(
                    "%s is asked for already: %s (%s:%d)"
                            .formatted(addition.name(), found.text(), text.name(), found.line()));
            return editor;
        }
        return editor.replace(now, found.path().toArray())
                .orElseThrow(() -> unusual(editor, array));
    }

    private static int place(TomlEditor editor, List<String> array, PackageName name) {
        var names = new ArrayList<PackageName>();
        List<?> elements = (List<?>) Objects.requireNonNull(at(editor, array));
        for (Object element : elements) {
            try {
                if (element instanceof String requirement) {
                    names.add(Requirement.parse(requirement).name());
                }
            } catch (InvalidSyntaxException e) {
                return elements.size(); // said when it is read
            }
        }
        return names.size() == elements.size() ? Rewording.place(names, name) : elements.size();
    }

    /** Where it comes from; pip reads no such table, uv and Blast do. */
    private TomlEditor withSource(TomlEditor editor, PackageName name, Addition.LocalPlace place)
            throws TomlException, EnvironmentException {
        String source =
                "{ path = %s%s }"
                        .formatted(
                                TomlText.quoted(place.path(), '"'),
                                place.editable() ? ", editable = true" : "");
        if (at(editor, SOURCES) instanceof Map<?, ?> sources) {
            for (Map.Entry<?, ?> each : sources.entrySet()) {
                if (isOf(each.getKey(), name)) {
                    if (each.getValue().equals(meant(place))) {
                        return editor;
                    }
                    throw new EnvironmentException(
                            Message.of(
                                    "%s:%d: [tool.uv.sources] says another place for %s; nothing was changed\nwrite it there: %s = %s",
                                    text.name(),
                                    editor.line(
                                            "tool", "uv", "sources", String.valueOf(each.getKey())),
                                    name,
                                    each.getKey(),
                                    source));
                }
            }
        }
        return editor.put(name.normalized(), source, SOURCES, null)
                .orElseThrow(() -> unusual(editor, SOURCES));
    }

    private static Map<String, Object> meant(Addition.LocalPlace place) {
        return place.editable()
                ? Map.of("path", place.path(), "editable", true)
                : Map.of("path", place.path());
    }

    static boolean isOf(@Nullable Object key, PackageName name) {
        try {
            return PackageName.parse(String.valueOf(key)).equals(name);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }
}
