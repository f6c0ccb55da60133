package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.RootRequirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes into a project's own file that it asks for more: a new line looks as its neighbours do,
 * what is asked for already is worded anew where it stands. Nothing is written to the disk. For one
 * use.
 */
public final class Adding {
    private final Project project;
    private final List<Addition> additions;
    private final ProjectPart part;
    private final AdditionTarget target;

    /** What a person is told besides the lines themselves. */
    private final Set<String> said = new LinkedHashSet<>();

    private Adding(
            Project project, List<Addition> additions, ProjectPart part, AdditionTarget target) {
        this.project = project;
        this.additions = List.copyOf(additions);
        this.part = part;
        this.target = target;
    }

    /**
     * What comes of it.
     *
     * @param project as it is then
     * @param edit empty where all of it is asked for already
     * @param said what there is to say about it, a sentence each
     */
    public record Added(Project project, PlannedEdit edit, List<String> said) {
        public Added {
            said = List.copyOf(said);
        }
    }

    /**
     * Plans it.
     *
     * @param project as its files are
     * @throws EnvironmentException where it cannot be written there; what a person does instead
     */
    public static Added to(Project project, List<Addition> additions, ProjectPart part)
            throws EnvironmentException {
        List<Addition> once = once(additions);
        if (part instanceof ProjectPart.Dependencies) {
            requireOthers(project, once);
        }
        var adding = new Adding(project, once, part, AdditionTarget.of(project, part, once));
        List<AmendedFile> typed = adding.files(Map.of());
        var texts = new LinkedHashMap<Path, byte[]>();
        typed.forEach(file -> texts.put(project.directory().resolve(file.file()), file.after()));
        Project edited =
                NotUnderstoodException.in(() ->
                                ProjectReader.read(project.directory(), new ProjectTexts(texts)))
                        .lockedIn(project.lockFile());
        adding.requireMeant(edited);
        PlannedEdit edit =
                PlannedEdit.of(chosen -> {
                    var fromIndexes = new LinkedHashMap<>(chosen);
                    fromIndexes.keySet().removeIf(name -> isElsewhere(name, edited));
                    return adding.files(fromIndexes);
                });
        return new Added(edited, edit, List.copyOf(adding.said));
    }

    /** What is named several times stands for one, unless it says different things. */
    private static List<Addition> once(List<Addition> additions) throws EnvironmentException {
        var once = new ArrayList<Addition>();
        for (Addition each : additions) {
            Addition other = once.stream().filter(each::isOfSameLine).findFirst().orElse(null);
            if (other == null) {
                once.add(each);
            } else if (!other.asksTheSameAs(each)) {
                throw new EnvironmentException(
                        Message.of(
                                "%s is named twice, as '%s' and as '%s'; nothing was changed\nsay it once, with all that holds for it%s",
                                each.name(),
                                other.written(),
                                each.written(),
                                other.and(each).map(it -> ": '%s'".formatted(it)).orElse("")));
            }
        }
        return once;
    }

    /** A project that needs its own name would get nothing, or somebody else's package. */
    private static void requireOthers(Project project, List<Addition> additions)
            throws EnvironmentException {
        OwnName own = project.ownName().orElse(null);
        for (Addition each : additions) {
            if (own != null && own.name().equals(each.name())) {
                throw new EnvironmentException(
                        Message.of(
                                "%s is not added: it %s, which does not need itself; nothing was changed\nif another package is meant, give the project another name there",
                                each.written(), own.sentence()));
            }
        }
    }

    /** What was added must be asked for, in whatever way the project is read. */
    private void requireMeant(Project edited) throws EnvironmentException {
        List<RootRequirement> asked =
                switch (part) {
                    case ProjectPart.Dependencies() -> edited.dependencies();
                    case ProjectPart.Group(var name) ->
                            edited.groups().getOrDefault(name, List.of());
                    case ProjectPart.Extra(var name) ->
                            edited.extras().getOrDefault(name, List.of());
                };
        for (Addition addition : additions) {
            boolean isAsked =
                    asked.stream().anyMatch(it -> it.requirement().name().equals(addition.name()))
                            || edited.ownName()
                                    .filter(own -> own.name().equals(addition.name()))
                                    .isPresent()
                            || !edited.options().unnamed().isEmpty();
            if (!isAsked) {
                throw new EnvironmentException(
                        Message.of(
                                "with %s in %s the project would not ask for it; nothing was changed",
                                addition.written(), target.file()));
            }
        }
    }

    /** Whether a name stands for something that no index is asked for: it has no versions. */
    private static boolean isElsewhere(PackageName name, Project project) {
        return project.own().stream().anyMatch(own -> own.name().equals(name) && own.url() != null)
                || Stream.of(
                                List.of(project.dependencies()),
                                project.groups().values(),
                                project.extras().values())
                        .flatMap(all -> all.stream())
                        .flatMap(List::stream)
                        .map(RootRequirement::requirement)
                        .anyMatch(it -> it.name().equals(name) && it.url() != null);
    }

    private Set<PackageName> names() {
        return additions.stream().map(Addition::name).collect(Collectors.toSet());
    }

    private List<AmendedFile> files(Map<PackageName, Version> chosen) throws EnvironmentException {
        var texts = new LinkedHashMap<Path, EditedText>();
        for (Addition addition : additions) {
            Path file = target.fileFor(addition);
            EditedText text = texts.get(file);
            if (text == null) {
                text = target.open(file);
                texts.put(file, text);
            }
            if (EditedText.isToml(file)) {
                new TomlAddition(project, names(), text, part, said)
                        .add(addition, addition.from(chosen.get(addition.name())));
            } else {
                new LineAddition(text, said)
                        .add(addition, addition.from(chosen.get(addition.name())));
            }
        }
        target.remark().ifPresent(said::add);
        var files = new ArrayList<AmendedFile>();
        for (EditedText text : texts.values()) {
            if (text.isChanged()) {
                files.add(text.file());
            }
        }
        return files;
    }
}
