package dev.blast.environment.project;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.TextEncoding;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierEdit;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlEditor;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a project's requirements stand and writes them otherwise, with all around them kept.
 * A file is edited from its end, so that what is above an edit stands where it stood. Nothing is
 * written to the disk. For one use.
 */
final class Amending {
    /** What narrows, beside what is asked for. */
    private static final List<List<String>> BOUNDS =
            List.of(
                    List.of("tool", "blast", "overrides"),
                    List.of("tool", "uv", UvSettings.OVERRIDES),
                    List.of("tool", "uv", UvSettings.CONSTRAINTS));

    private final Project project;
    private final List<String> problems = new ArrayList<>();

    Amending(Project project) {
        this.project = project;
    }

    /** Where a requirement stands: {@code pyproject.toml:14}. */
    private record Place(Path file, int line) {}

    AmendedProject all(List<Amendment> amendments) throws EnvironmentException {
        Project own = ProjectReader.read(project.directory(), ProjectTexts.AS_THEY_ARE);
        var byFile = new LinkedHashMap<Path, Map<Amendment, Integer>>();
        for (Amendment amendment : amendments) {
            Optional<Place> place = place(amendment.root().origin(), own);
            if (place.isPresent()) {
                byFile.computeIfAbsent(place.get().file(), _ -> new LinkedHashMap<>())
                        .put(amendment, place.get().line());
            } else {
                problems.add(instead(amendment, "is no file of this project"));
            }
        }
        var files = new ArrayList<AmendedFile>();
        var texts = new LinkedHashMap<Path, byte[]>();
        for (Map.Entry<Path, Map<Amendment, Integer>> each : byFile.entrySet()) {
            Optional<AmendedFile> edited = edited(each.getKey(), each.getValue());
            edited.ifPresent(file -> {
                files.add(file);
                texts.put(each.getKey(), file.after());
            });
        }
        return problems.isEmpty()
                ? new AmendedProject.Edited(project.reread(own, new ProjectTexts(texts)), files)
                : new AmendedProject.NotEditable(problems);
    }

    private Optional<Place> place(String origin, Project own) {
        int colon = origin.lastIndexOf(':');
        if (colon < 0 || !origin.substring(colon + 1).matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        Path file = project.directory().resolve(origin.substring(0, colon)).normalize();
        boolean isOwn = file.startsWith(project.directory()) && own.inputs().contains(file);
        return isOwn
                ? Optional.of(new Place(file, Integer.parseInt(origin.substring(colon + 1))))
                : Optional.empty();
    }

    /** What a person has to do where Blast does not. */
    private static String instead(Amendment amendment, String why) {
        RootRequirement root = amendment.root();
        return "%s (%s) %s: %s"
                .formatted(
                        root.requirement(),
                        root.origin(),
                        why,
                        amendment.to() == null
                                ? "take it out there"
                                : "write %s%s there"
                                        .formatted(root.requirement().name(), amendment.to()));
    }

    private Optional<AmendedFile> edited(Path file, Map<Amendment, Integer> amendments)
            throws EnvironmentException {
        Path name = project.directory().relativize(file);
        byte[] before;
        String text;
        TextEncoding encoding;
        try {
            Optional<String> untouchable = untouchable(name);
            if (untouchable.isPresent()) {
                amendments.keySet().forEach(it -> problems.add(instead(it, untouchable.get())));
                return Optional.empty();
            }
            before = OrdinaryFile.bytes(file);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        }
        boolean isToml = name.getFileName().toString().endsWith(".toml");
        ProjectFile read = ProjectFile.of(before, name.toString());
        text = isToml ? read.utf8() : read.declared();
        encoding = isToml ? TextEncoding.byMark(before) : TextEncoding.of(name.toString(), before);
        if (!Arrays.equals(before, bytes(text, before, encoding))) {
            amendments
                    .keySet()
                    .forEach(it -> problems.add(instead(it, "is in letters that would change")));
            return Optional.empty();
        }
        var editing = new Editing(text);
        if (isToml) {
            inToml(name.toString(), editing, amendments);
        } else {
            inRequirements(editing, amendments);
        }
        return Optional.of(
                new AmendedFile(
                        name, before, bytes(editing.text, before, encoding), editing.lines));
    }

    /** With the byte order mark that there was. */
    private static byte[] bytes(String text, byte[] before, TextEncoding encoding) {
        byte[] letters = text.getBytes(encoding.charset());
        byte[] bytes = Arrays.copyOf(before, encoding.markBytes() + letters.length);
        System.arraycopy(letters, 0, bytes, encoding.markBytes(), letters.length);
        return bytes;
    }

    /** Why a file is not one that this user's Blast writes: a link leads elsewhere. */
    private Optional<String> untouchable(Path name) throws IOException {
        Path at = project.directory();
        for (Path part : name) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                return Optional.of("is reached through a symbolic link, " + at);
            }
        }
        Object owner = Files.getAttribute(at, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                ? Optional.empty()
                : Optional.of("is in another user's file");
    }

    /** A text on its way, and the lines that are others so far. */
    private static final class Editing {
        private String text;
        private List<AmendedLines> lines = List.of();

        private Editing(String text) {
            this.text = text;
        }

        private void become(String other) {
            if (!other.equals(text)) {
                lines = AmendedLines.joined(lines, AmendedLines.between(text, other));
                text = other;
            }
        }
    }

    private void inRequirements(Editing editing, Map<Amendment, Integer> amendments) {
        amendments.entrySet().stream()
                .sorted(Map.Entry.<Amendment, Integer>comparingByValue().reversed())
                .forEach(each -> inRequirements(editing, each.getKey(), each.getValue()));
    }

    private void inRequirements(Editing editing, Amendment amendment, int line) {
        SpecifierSet to = amendment.to();
        Optional<RequirementLine> found =
                RequirementLine.at(line, editing.text)
                        .filter(it -> isWritten(it.asked(), amendment.root()));
        if (found.isEmpty()) {
            problems.add(instead(amendment, "is not found where it stood"));
        } else if (to == null) {
            editing.become(found.get().removed());
        } else if (found.get().hasHashes()) {
            problems.add(
                    instead(amendment, "has hashes, and those of other versions are not known"));
        } else {
            found.get()
                    .with(to)
                    .ifPresentOrElse(
                            editing::become,
                            () -> problems.add(instead(amendment, "is written in no usual way")));
        }
    }

    private static boolean isWritten(String text, RootRequirement root) {
        try {
            return isSame(Requirement.parse(text), root.requirement());
        } catch (InvalidSyntaxException e) {
            return false; // a path or an address without a name
        }
    }

    /** A marker may have come from an extra of the project's own that brings it. */
    private static boolean isSame(Requirement written, Requirement asked) {
        return written.name().equals(asked.name())
                && written.extras().equals(asked.extras())
                && written.specifier().equals(asked.specifier());
    }

    /** An element of an array of requirements. */
    private record Element(List<Object> path, Requirement requirement, int line, int offset) {
        private boolean isOf(ExtraName group) {
            return path.get(path.size() - 2) instanceof String key
                    && new ExtraName(key).equals(group);
        }
    }

    private record Target(Element element, Amendment amendment) {}

    private void inToml(String name, Editing editing, Map<Amendment, Integer> amendments)
            throws EnvironmentException {
        try {
            TomlEditor editor = TomlEditor.of(name, editing.text);
            var targets = new LinkedHashMap<List<Object>, Target>();
            for (Map.Entry<Amendment, Integer> each : amendments.entrySet()) {
                List<Element> found =
                        narrowed(each.getKey().root(), on(each.getValue(), elements(editor)));
                if (found.isEmpty()) {
                    problems.add(instead(each.getKey(), "is not found where it stood"));
                }
                found.forEach(it -> targets.putIfAbsent(it.path(), new Target(it, each.getKey())));
            }
            List<Target> fromTheEnd =
                    targets.values().stream()
                            .sorted(
                                    Comparator.comparingInt((Target it) -> it.element().offset())
                                            .reversed())
                            .toList();
            for (Target target : fromTheEnd) {
                Optional<TomlEditor> edited = edited(editor, target);
                if (edited.isEmpty()) {
                    problems.add(instead(target.amendment(), "is written in no usual way"));
                } else {
                    editor = edited.get();
                    editing.become(editor.text());
                }
            }
        } catch (TomlException e) {
            throw new EnvironmentException(dev.blast.packaging.Message.of(e), e);
        }
    }

    private static Optional<TomlEditor> edited(TomlEditor editor, Target target)
            throws TomlException {
        Object[] path = target.element().path().toArray();
        @Nullable SpecifierSet to = target.amendment().to();
        if (to == null) {
            return editor.remove(path);
        }
        Optional<SpecifierEdit> edit = SpecifierEdit.of(text(editor, path), to);
        return edit.isEmpty()
                ? Optional.empty()
                : editor.splice(edit.get().begin(), edit.get().end(), edit.get().text(), path);
    }

    private static String text(TomlEditor editor, Object... path) {
        Object at = editor.values();
        for (Object part : path) {
            at =
                    at instanceof List<?> list && part instanceof Integer place
                            ? list.get(place)
                            : at instanceof Map<?, ?> table ? table.get(part) : null;
        }
        return at instanceof String text ? text : "";
    }

    private static List<Element> on(int line, List<Element> elements) {
        return elements.stream().filter(it -> it.line() == line).toList();
    }

    /** Of those on one line, the ones that are meant: of the root's own group where it has any. */
    private static List<Element> narrowed(RootRequirement root, List<Element> elements) {
        List<Element> same =
                elements.stream()
                        .filter(it -> isSame(it.requirement(), root.requirement()))
                        .toList();
        List<Element> exact =
                same.stream().filter(it -> it.requirement().equals(root.requirement())).toList();
        List<Element> meant = exact.isEmpty() ? same : exact;
        ExtraName group = root.group();
        List<Element> ofGroup =
                group == null
                        ? meant.stream().filter(it -> it.path().size() == 3).toList()
                        : meant.stream().filter(it -> it.isOf(group)).toList();
        return ofGroup.isEmpty() ? meant : ofGroup;
    }

    /** All that PEP 621 and PEP 735 have, and overrides and constraints, where they stand. */
    private static List<Element> elements(TomlEditor editor) {
        var elements = new ArrayList<Element>();
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
        for (List<String> key : BOUNDS) {
            Object at = values;
            for (String part : key) {
                at = at instanceof Map<?, ?> table ? table.get(part) : null;
            }
            add(elements, editor, at, key.toArray());
        }
        return elements;
    }

    private static void addAll(
            List<Element> elements, TomlEditor editor, @Nullable Object groups, Object... path) {
        if (groups instanceof Map<?, ?> table) {
            for (Map.Entry<?, ?> group : table.entrySet()) {
                add(elements, editor, group.getValue(), longer(path, group.getKey()));
            }
        }
    }

    private static void add(
            List<Element> elements, TomlEditor editor, @Nullable Object array, Object... path) {
        if (array instanceof List<?> texts) {
            for (int i = 0; i < texts.size(); i++) {
                if (texts.get(i) instanceof String text && isRequirement(text)) {
                    Object[] place = longer(path, i);
                    elements.add(
                            new Element(
                                    List.of(place),
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
}
