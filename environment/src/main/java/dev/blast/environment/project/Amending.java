package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierEdit;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlEditor;
import dev.blast.toml.TomlException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        switch (EditedText.open(project.directory(), name)) {
            case EditedText.Opened.Untouchable(String why) -> {
                amendments.keySet().forEach(it -> problems.add(instead(it, why)));
                return Optional.empty();
            }
            case EditedText.Opened.Editable(EditedText text) -> {
                if (EditedText.isToml(name)) {
                    inToml(name.toString(), text, amendments);
                } else {
                    inRequirements(text, amendments);
                }
                return Optional.of(text.file());
            }
        }
    }

    private void inRequirements(EditedText editing, Map<Amendment, Integer> amendments) {
        amendments.entrySet().stream()
                .sorted(Map.Entry.<Amendment, Integer>comparingByValue().reversed())
                .forEach(each -> inRequirements(editing, each.getKey(), each.getValue()));
    }

    private void inRequirements(EditedText editing, Amendment amendment, int line) {
        SpecifierSet to = amendment.to();
        Optional<RequirementLine> found =
                RequirementLine.at(line, editing.text())
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

    private record Target(WrittenRequirement element, Amendment amendment) {}

    private void inToml(String name, EditedText editing, Map<Amendment, Integer> amendments)
            throws EnvironmentException {
        try {
            TomlEditor editor = TomlEditor.of(name, editing.text());
            var targets = new LinkedHashMap<List<Object>, Target>();
            for (Map.Entry<Amendment, Integer> each : amendments.entrySet()) {
                List<WrittenRequirement> found =
                        narrowed(
                                each.getKey().root(),
                                on(each.getValue(), WrittenRequirement.all(editor)));
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

    private static List<WrittenRequirement> on(int line, List<WrittenRequirement> elements) {
        return elements.stream().filter(it -> it.line() == line).toList();
    }

    /** Of those on one line, the ones that are meant: of the root's own group where it has any. */
    private static List<WrittenRequirement> narrowed(
            RootRequirement root, List<WrittenRequirement> elements) {
        List<WrittenRequirement> same =
                elements.stream()
                        .filter(it -> isSame(it.requirement(), root.requirement()))
                        .toList();
        List<WrittenRequirement> exact =
                same.stream().filter(it -> it.requirement().equals(root.requirement())).toList();
        List<WrittenRequirement> meant = exact.isEmpty() ? same : exact;
        ExtraName group = root.group();
        List<WrittenRequirement> ofGroup =
                group == null
                        ? meant.stream().filter(it -> it.path().size() == 3).toList()
                        : meant.stream().filter(it -> it.isOf(group)).toList();
        return ofGroup.isEmpty() ? meant : ofGroup;
    }
}
