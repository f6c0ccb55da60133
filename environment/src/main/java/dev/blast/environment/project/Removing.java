package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlEditor;
import dev.blast.toml.TomlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes packages out of what a project's own files ask for. Nothing is written to the disk. For one
 * use.
 */
public final class Removing {
    private static final List<String> SOURCES = List.of("tool", "uv", "sources");

    private final Project project;
    private final @Nullable ProjectPart part;
    private final Map<Path, EditedText> texts = new LinkedHashMap<>();

    private Removing(Project project, @Nullable ProjectPart part) {
        this.project = project;
        this.part = part;
    }

    /** What comes of it. */
    public sealed interface Removed {
        /**
         * It can be done.
         *
         * @param project as it is then
         * @param left where a name is asked for still, a sentence each
         */
        record Planned(Project project, PlannedEdit edit, List<String> left) implements Removed {
            public Planned {
                left = List.copyOf(left);
            }
        }

        /**
         * A name is asked for nowhere, or not in the part that was named.
         *
         * @param hints where it is asked for, or may be, a sentence each: another part, or a place
         *     that is not edited from here
         * @param known names that could have been meant
         */
        record NotAsked(PackageName name, List<String> hints, Set<PackageName> known)
                implements Removed {
            public NotAsked {
                hints = List.copyOf(hints);
                known = Set.copyOf(known);
            }
        }

        /** It stands in several parts, and none of them goes before the others. */
        record Several(PackageName name, List<ProjectPart> parts) implements Removed {
            public Several {
                parts = List.copyOf(parts);
            }
        }
    }

    /** Where a name is asked for. */
    private record Place(Path file, ProjectPart part) {}

    /**
     * Plans it.
     *
     * @param project as its files are
     * @param part where they are taken out; null for the dependencies, or else the only place
     */
    public static Removed from(
            Project project, Collection<PackageName> names, @Nullable ProjectPart part)
            throws EnvironmentException {
        return new Removing(project, part).all(new LinkedHashSet<>(names));
    }

    private Removed all(Set<PackageName> names) throws EnvironmentException {
        var left = new ArrayList<String>();
        for (PackageName name : names) {
            List<Place> places = places(name);
            var parts = new LinkedHashSet<ProjectPart>();
            places.forEach(place -> parts.add(place.part()));
            ProjectPart from = part == null ? usual(parts) : part;
            if (from == null && !parts.isEmpty()) {
                return new Removed.Several(name, List.copyOf(parts));
            }
            if (from == null || !parts.contains(from)) {
                return notAsked(name, parts);
            }
            for (Place place : places) {
                if (place.part().equals(from)) {
                    remove(name, place);
                } else {
                    left.add("%s is asked for still, in %s".formatted(name, place.part().words()));
                }
            }
        }
        var files = new ArrayList<AmendedFile>();
        var edited = new LinkedHashMap<Path, byte[]>();
        for (EditedText text : texts.values()) {
            if (text.isChanged()) {
                files.add(text.file());
                edited.put(project.directory().resolve(text.name()), text.file().after());
            }
        }
        Project then =
                NotUnderstoodException.in(() ->
                                ProjectReader.read(project.directory(), new ProjectTexts(edited)))
                        .lockedIn(project.lockFile());
        then.dependencies().stream()
                .filter(root -> names.contains(root.requirement().name()))
                .filter(root -> !isIn(edited.keySet(), root))
                .forEach(root ->
                        left.add(
                                "%s is asked for still, in %s"
                                        .formatted(root.requirement().name(), root.origin())));
        return new Removed.Planned(then, PlannedEdit.of(files), left);
    }

    /** The dependencies go before the rest; of the rest only one alone is meant for sure. */
    private static @Nullable ProjectPart usual(Set<ProjectPart> parts) {
        var dependencies = new ProjectPart.Dependencies();
        return parts.contains(dependencies)
                ? dependencies
                : parts.size() == 1 ? parts.iterator().next() : null;
    }

    /** Whether it stands in one of the files that were edited: another part of it, then. */
    private boolean isIn(Set<Path> edited, RootRequirement root) {
        return edited.contains(project.directory().resolve(file(root)).normalize());
    }

    private static Path file(RootRequirement root) {
        return Path.of(root.origin().replaceFirst(":\\d+$", ""));
    }

    private Removed notAsked(PackageName name, Set<ProjectPart> parts) throws EnvironmentException {
        var hints = new ArrayList<String>();
        parts.forEach(it -> hints.add("it is asked for in " + it.words()));
        var known = new TreeSet<PackageName>();
        Stream.of(
                        List.of(project.dependencies()),
                        project.groups().values(),
                        project.extras().values())
                .flatMap(Collection::stream)
                .flatMap(List::stream)
                .forEach(root -> {
                    known.add(root.requirement().name());
                    if (parts.isEmpty() && root.requirement().name().equals(name)) {
                        hints.add(byHand(root.origin()));
                    }
                });
        if (hints.isEmpty()) {
            inPoetry(name).forEach(place -> hints.add(byHand(place)));
        }
        project.itself()
                .filter(itself -> hints.isEmpty() && !itself.known())
                .ifPresent(itself ->
                        hints.add(
                                "its build backend says what it needs (%s): if it does, take it out where that reads it, then blast sync"
                                        .formatted(itself.origin())));
        return new Removed.NotAsked(name, hints, known);
    }

    private static String byHand(String place) {
        return "it is asked for in %s: take it out there, then blast sync".formatted(place);
    }

    /** Poetry's own tables, which are not edited from here. */
    private List<String> inPoetry(PackageName name) throws EnvironmentException {
        Path pyproject = Path.of(Project.PYPROJECT);
        if (!Project.isThere(project.directory().resolve(pyproject))) {
            return List.of();
        }
        TomlEditor editor = editor(pyproject);
        var tables = new ArrayList<List<String>>();
        tables.add(List.of("tool", "poetry", "dependencies"));
        tables.add(List.of("tool", "poetry", "dev-dependencies"));
        List<String> groups = List.of("tool", "poetry", "group");
        keys(editor, groups)
                .forEach(group ->
                        tables.add(
                                Stream.concat(groups.stream(), Stream.of(group, "dependencies"))
                                        .toList()));
        var places = new ArrayList<String>();
        for (List<String> table : tables) {
            for (String key : keys(editor, table)) {
                if (TomlAddition.isOf(key, name)) {
                    var path = new ArrayList<>(table);
                    path.add(key);
                    places.add(
                            "%s:%d, [%s]"
                                    .formatted(
                                            pyproject,
                                            editor.line(path.toArray()),
                                            String.join(".", table)));
                }
            }
        }
        return places;
    }

    /** Of a table; none where there is no such table. */
    private static List<String> keys(TomlEditor editor, List<String> table) {
        Object at = editor.values();
        for (String step : table) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at instanceof Map<?, ?> map
                ? map.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    private List<Place> places(PackageName name) throws EnvironmentException {
        Path pyproject = Path.of(Project.PYPROJECT);
        var places = new LinkedHashSet<Place>();
        if (Project.isThere(project.directory().resolve(pyproject))) {
            for (WrittenRequirement each : WrittenRequirement.asked(editor(pyproject))) {
                ProjectPart itsPart = each.part();
                if (itsPart != null && each.requirement().name().equals(name)) {
                    places.add(new Place(pyproject, itsPart));
                }
            }
        }
        for (RootRequirement root : project.dependencies()) {
            Path file = file(root);
            boolean isOurs =
                    root.requirement().name().equals(name)
                            && !file.isAbsolute()
                            && !file.startsWith("..")
                            && !EditedText.isToml(file)
                            && project.inputs().contains(project.directory().resolve(file));
            if (isOurs) {
                places.add(new Place(file, new ProjectPart.Dependencies()));
            }
        }
        return List.copyOf(places);
    }

    private EditedText text(Path file) throws EnvironmentException {
        EditedText text = texts.get(file);
        if (text == null) {
            text = EditedText.require(project.directory(), file);
            texts.put(file, text);
        }
        return text;
    }

    private TomlEditor editor(Path file) throws EnvironmentException {
        try {
            return TomlEditor.of(file.toString(), text(file).text());
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private void remove(PackageName name, Place place) throws EnvironmentException {
        if (EditedText.isToml(place.file())) {
            text(place.file()).become(without(name, place).text());
        } else {
            EditedText text = text(place.file());
            Optional<RequirementLine> line = line(text, name);
            while (line.isPresent()) {
                text.become(line.get().removed());
                line = line(text, name);
            }
        }
    }

    private static Optional<RequirementLine> line(EditedText text, PackageName name) {
        return RequirementLine.all(text.text()).stream().filter(it -> isOf(it, name)).findFirst();
    }

    private static boolean isOf(RequirementLine line, PackageName name) {
        try {
            return Requirement.parse(line.asked()).name().equals(name);
        } catch (InvalidSyntaxException e) {
            return false; // a path, an address or options
        }
    }

    private TomlEditor without(PackageName name, Place place) throws EnvironmentException {
        TomlEditor editor = editor(place.file());
        try {
            for (WrittenRequirement each : WrittenRequirement.asked(editor).reversed()) {
                if (each.requirement().name().equals(name) && place.part().equals(each.part())) {
                    editor =
                            editor.remove(each.path().toArray())
                                    .orElseThrow(() -> new IllegalStateException("it was found"));
                }
            }
            boolean isAsked =
                    WrittenRequirement.asked(editor).stream()
                            .anyMatch(it -> it.requirement().name().equals(name));
            return isAsked ? editor : withoutSource(name, editor);
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /** Where nothing asks for it, nothing has to say where it comes from. */
    private static TomlEditor withoutSource(PackageName name, TomlEditor editor)
            throws TomlException {
        for (String key : keys(editor, SOURCES)) {
            if (TomlAddition.isOf(key, name)) {
                return editor.take(key, SOURCES).orElse(editor);
            }
        }
        return editor;
    }
}
