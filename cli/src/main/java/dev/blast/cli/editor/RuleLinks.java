package dev.blast.cli.editor;

import dev.blast.rules.assist.CaseOutline;
import dev.blast.rules.assist.Outline;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where rules are, and where cases name them. */
final class RuleLinks {
    private final EditedProject project;

    RuleLinks(EditedProject project) {
        this.project = project;
    }

    /** A stretch of a file. */
    record Link(Path file, String text, Span span) {}

    /** The rule that is written about at a place of a document; empty where none is. */
    static Optional<String> named(OpenDocument document, int offset) {
        String text = document.text().text();
        return document.isOfTests()
                ? CaseOutline.at(text, offset).map(CaseOutline.Mention::name)
                : Outline.of(text).named(offset).map(Outline.Entry::name);
    }

    /** The rules of a name, those of the innermost layer first. */
    List<Link> rules(String name) {
        var links = new ArrayList<Link>();
        for (Map.Entry<Path, PolicyFile> file : project.files().entrySet()) {
            String text = file.getValue().text();
            Outline.of(text).rules().stream()
                    .filter(rule -> rule.name().equals(name))
                    .forEach(rule -> links.add(new Link(file.getKey(), text, rule.nameSpan())));
        }
        return links.reversed();
    }

    /** The rules that say what a strategy wants. */
    List<Link> strategies(String name) {
        var links = new ArrayList<Link>();
        project.files()
                .forEach((file, policy) ->
                        Outline.of(policy.text())
                                .strategies(name)
                                .forEach(span -> links.add(new Link(file, policy.text(), span))));
        return links.reversed();
    }

    /** The cases that name a rule. */
    List<Link> cases(String name) {
        var links = new ArrayList<Link>();
        for (Path policy : project.files().keySet()) {
            project.cases(policy)
                    .ifPresent(text ->
                            CaseOutline.of(text).stream()
                                    .filter(it -> it.name().equals(name))
                                    .forEach(it ->
                                            links.add(
                                                    new Link(
                                                            EditedProject.tests(policy),
                                                            text,
                                                            it.span()))));
        }
        return links;
    }
}
