package dev.blast.cli.editor;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.RuleRenaming;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.Visible;
import dev.blast.rules.Policy;
import dev.blast.rules.assist.CaseOutline;
import dev.blast.rules.assist.CaseSuggestions;
import dev.blast.rules.assist.KnownNames;
import dev.blast.rules.assist.Outline;
import dev.blast.rules.assist.Saying;
import dev.blast.rules.assist.Suggestion;
import dev.blast.rules.assist.Suggestions;
import dev.blast.rules.assist.Telling;
import dev.blast.rules.format.PolicyFormat;
import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is answered about a document at a place of it, in offsets and texts. Each answer is about
 * what was open when the question came.
 */
final class Answers {
    private static final Pattern VARIABLE = Pattern.compile("\\$?[A-Za-z_][A-Za-z0-9_]*");

    private final OpenDocument document;

    /** Null where the document lies in no folder, or what is around it cannot be read. */
    private final @Nullable EditedProject project;

    /** Why that cannot be read. */
    private final @Nullable EnvironmentException trouble;

    private Answers(
            OpenDocument document,
            @Nullable EditedProject project,
            @Nullable EnvironmentException trouble) {
        this.document = document;
        this.project = project;
        this.trouble = trouble;
    }

    /** Looks at what stands around a document; what is said of its words needs none of it. */
    static Answers about(Workspace workspace, List<OpenDocument> open, OpenDocument document) {
        Path file = document.file();
        if (file == null) {
            return new Answers(document, null, null);
        }
        List<Path> beside = open.stream().flatMap(it -> Stream.ofNullable(it.file())).toList();
        try {
            return new Answers(
                    document,
                    EditedProject.of(
                            workspace,
                            EditedProject.root(workspace, file),
                            OpenDocuments.unsaved(open),
                            beside),
                    null);
        } catch (EnvironmentException e) {
            return new Answers(document, null, e);
        }
    }

    private String text() {
        return document.text().text();
    }

    List<Suggestion> suggestions(int offset) {
        var known =
                new KnownNames(
                        strategies(),
                        project == null
                                ? new TreeSet<>()
                                : PackageNames.of(project.project(), project.environment()));
        return document.isOfTests()
                ? CaseSuggestions.at(text(), offset, known, rulesToName())
                : Suggestions.at(text(), offset, known);
    }

    /** Those of files that do not load too. */
    private SortedSet<String> strategies() {
        var names = new TreeSet<String>();
        if (project != null) {
            project.all().forEach(it -> names.addAll(Outline.of(it.text()).strategies()));
        }
        return names;
    }

    /** Of the policy file that the cases are for, then of the others that are not shipped. */
    private List<String> rulesToName() {
        var names = new ArrayList<String>();
        if (project != null && document.file() != null) {
            project.tested(document.file()).ifPresent(it -> names.addAll(names(it.getValue())));
            project.all().stream()
                    .filter(it -> it.layer() != Layer.SHIPPED)
                    .forEach(it -> names.addAll(names(it)));
        }
        return names.stream().distinct().toList();
    }

    private static List<String> names(PolicyFile file) {
        return Outline.of(file.text()).rules().stream().map(Outline.Entry::name).toList();
    }

    Optional<Saying> telling(int offset) {
        String text = text();
        Optional<Saying> said =
                document.isOfTests()
                        ? CaseSuggestions.telling(text, offset).or(() -> ofMention(offset))
                        : Telling.at(text, offset);
        if (project == null) {
            return said;
        }
        Optional<String> named = RuleLinks.named(document, offset);
        return said.map(it ->
                named.map(rule -> it.with(standing(rule)).with(decided(rule)))
                        .orElseGet(() -> it.with(part(it, offset))));
    }

    /** Where a rule of the document, or one that its cases name, decided last. */
    private String decided(String rule) {
        Optional<Path> file =
                document.isOfTests()
                        ? links().rules(rule).stream().map(RuleLinks.Link::file).findFirst()
                        : Optional.of(file());
        return file.map(it -> LastDecision.of(around(), it, rule).ofRule()).orElse("");
    }

    /** What a part of a rule had to do with that. */
    private String part(Saying said, int offset) {
        Optional<Outline.Entry> rule =
                document.isOfTests() ? Optional.empty() : Outline.of(text()).around(offset);
        if (rule.isEmpty()) {
            return "";
        }
        String name = rule.get().name();
        Saying.@Nullable Meant field = said.field();
        String word = text().substring(said.word().start(), said.word().end());
        return field == null
                ? LastDecision.of(around(), file(), name, word).ofVerb()
                : LastDecision.of(around(), file(), name).ofField(field);
    }

    /** Of a rule that a case names what is said of the rule itself. */
    private Optional<Saying> ofMention(int offset) {
        return CaseOutline.at(text(), offset)
                .flatMap(mention ->
                        links().rules(mention.name()).stream()
                                .findFirst()
                                .flatMap(link -> Telling.at(link.text(), link.span().start()))
                                .map(it -> it.of(mention.span())));
    }

    /** Who tries a rule, and whether it counts. */
    private String standing(String rule) {
        List<RuleLinks.Link> cases = links().cases(rule);
        String tried =
                cases.isEmpty()
                        ? "No case names it"
                        : "%d %s it: %s"
                                .formatted(
                                        cases.size(),
                                        cases.size() == 1 ? "case names" : "cases name",
                                        String.join(
                                                ", ",
                                                cases.stream()
                                                        .map(Answers::place)
                                                        .distinct()
                                                        .toList()));
        boolean isTrusted = project == null || project.all().stream().allMatch(PolicyFile::trusted);
        return "\n\n"
                + tried
                + (isTrusted
                        ? ""
                        : "\n\nThese policies are not trusted: what a rule of theirs opens counts after `blast trust`");
    }

    private static String place(RuleLinks.Link link) {
        long line = link.text().substring(0, link.span().start()).lines().count();
        return "`%s:%d`"
                .formatted(
                        Visible.of(String.valueOf(link.file().getFileName())).replace('`', '\''),
                        Math.max(1, line));
    }

    private RuleLinks links() {
        return new RuleLinks(around());
    }

    private EditedProject around() {
        if (project == null) {
            throw new IllegalStateException("nothing is around a document that lies nowhere");
        }
        return project;
    }

    /** Where what is named at a place is written. */
    List<RuleLinks.Link> definition(int offset) {
        List<Span> variable =
                document.isOfTests() ? List.of() : Outline.of(text()).variable(offset);
        if (!variable.isEmpty()) {
            return List.of(here(variable.getFirst()));
        }
        if (project == null) {
            return List.of();
        }
        Optional<String> strategy =
                document.isOfTests() ? Optional.empty() : Outline.of(text()).used(offset);
        return strategy.map(links()::strategies)
                .or(() -> RuleLinks.named(document, offset).map(links()::rules))
                .orElse(List.of());
    }

    /** Where what is named at a place is used, and where it is written. */
    List<RuleLinks.Link> references(int offset, boolean withDefinition) {
        List<Span> variable =
                document.isOfTests() ? List.of() : Outline.of(text()).variable(offset);
        if (!variable.isEmpty()) {
            return variable.stream().skip(withDefinition ? 0 : 1).map(this::here).toList();
        }
        Optional<String> rule = RuleLinks.named(document, offset);
        if (project == null || rule.isEmpty()) {
            return List.of();
        }
        var links = new ArrayList<RuleLinks.Link>();
        if (withDefinition) {
            links.addAll(links().rules(rule.get()));
        }
        links.addAll(links().cases(rule.get()));
        return links;
    }

    private RuleLinks.Link here(Span span) {
        return new RuleLinks.Link(file(), text(), span);
    }

    private Path file() {
        return document.file() == null ? Path.of("") : document.file();
    }

    /**
     * The changes that certainly mend something, with what they mend.
     *
     * @param before what was found last; it counts where it is about this very text
     */
    List<Diagnostic> corrections(@Nullable Inspection before) {
        if (project == null || document.isOfTests()) {
            return List.of();
        }
        PolicyFile then = before == null ? null : before.project().files().get(file());
        Inspection inspection =
                before != null && then != null && then.text().equals(text())
                        ? before
                        : Inspection.quick(project, List.of());
        return inspection.findings().getOrDefault(file(), List.of()).stream()
                .filter(it -> it.correction() != null)
                .toList();
    }

    /** The document in the one layout of policy files. */
    String laidOut() throws EnvironmentException {
        var file = new PolicyFile(Layer.PROJECT, document.uri(), text(), false);
        return switch (PolicyFormat.of(file)) {
            case PolicyFormat.Result.Laid(String laid) -> laid;
            case PolicyFormat.Result.Unreadable(List<Diagnostic> faults) ->
                    throw new EnvironmentException(
                            "cannot lay this file out before it can be read: line %d: %s"
                                    .formatted(
                                            faults.getFirst().line(), faults.getFirst().message()));
        };
    }

    /** What would be called otherwise at a place; empty where nothing can be. */
    Optional<Span> renamed(int offset) {
        String text = text();
        if (document.isOfTests()) {
            return CaseOutline.at(text, offset).map(it -> inner(it.span()));
        }
        return Outline.of(text)
                .named(offset)
                .map(it -> inner(it.nameSpan()))
                .or(() ->
                        Outline.of(text).variable(offset).stream()
                                .filter(it -> it.start() <= offset && offset <= it.end())
                                .findFirst());
    }

    private static Span inner(Span quoted) {
        return new Span(quoted.start() + 1, quoted.end() - 1);
    }

    /**
     * The files in which something is called otherwise, as they will be.
     *
     * @throws EnvironmentException where the name cannot be given
     */
    Map<Path, Renamed> renaming(int offset, String name) throws EnvironmentException {
        List<Span> variable =
                document.isOfTests() ? List.of() : Outline.of(text()).variable(offset);
        var changes = new HashMap<Path, Renamed>();
        if (!variable.isEmpty()) {
            changes.put(file(), new Renamed(text(), withVariable(variable, name)));
            return changes;
        }
        Optional<String> rule = RuleLinks.named(document, offset);
        if (trouble != null) {
            throw trouble;
        }
        if (project == null || rule.isEmpty()) {
            throw new EnvironmentException("rules and variables can be renamed, and none is here");
        }
        Path root = project.project().directory();
        for (RuleRenaming.Rewritten change :
                RuleRenaming.of(project.project(), project.unsaved(), rule.get(), name)) {
            changes.put(
                    UnsavedTexts.place(root.resolve(change.file())),
                    new Renamed(change.before(), change.after()));
        }
        requireReadable(project, changes);
        return changes;
    }

    /** A text as it is and as it will be. */
    record Renamed(String before, String after) {}

    private String withVariable(List<Span> places, String name) throws EnvironmentException {
        if (!VARIABLE.matcher(name).matches()) {
            throw new EnvironmentException(
                    "'%s' is no name of a variable: $, a letter, then letters and digits"
                            .formatted(name));
        }
        String written = name.startsWith("$") ? name : "$" + name;
        var text = new StringBuilder(text());
        places.stream()
                .sorted((one, other) -> other.start() - one.start())
                .forEach(it -> text.replace(it.start(), it.end(), written));
        return text.toString();
    }

    /** What is wrong already stays so; a name must not bring more. */
    private void requireReadable(EditedProject around, Map<Path, Renamed> changes)
            throws EnvironmentException {
        var then = new ArrayList<PolicyFile>();
        around.files()
                .forEach((place, file) -> {
                    Renamed change = changes.get(place);
                    then.add(
                            change == null
                                    ? file
                                    : new PolicyFile(
                                            file.layer(),
                                            file.displayPath(),
                                            change.after(),
                                            file.trusted()));
                });
        List<String> before =
                Policy.mistakes(around.all()).stream().map(Diagnostic::message).toList();
        for (Diagnostic mistake : Policy.mistakes(then)) {
            if (!before.contains(mistake.message())) {
                throw new EnvironmentException(
                        "with that name the policies cannot be read: %s:%d: %s"
                                .formatted(mistake.file(), mistake.line(), mistake.message()));
            }
        }
    }

    /** How a change is offered. */
    static String title(Correction correction, String replaced) {
        if (correction.text().isEmpty()) {
            return "Take out '%s'".formatted(replaced.strip());
        }
        String written = correction.text().strip();
        return replaced.isEmpty()
                ? "Put in '%s'".formatted(written)
                : "Write '%s' in place of '%s'".formatted(written, replaced);
    }
}
