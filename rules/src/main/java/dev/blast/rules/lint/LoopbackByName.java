package dev.blast.rules.lint;

import dev.blast.packaging.Host;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Quoted;
import java.util.ArrayList;
import java.util.List;

/** Finds rules that mean this machine by one of its names, where a program may use another. */
final class LoopbackByName {
    private final Rule rule;
    private final List<Diagnostic> found = new ArrayList<>();

    private LoopbackByName(Rule rule) {
        this.rule = rule;
    }

    static List<Diagnostic> in(Rule rule) {
        var names = new LoopbackByName(rule);
        rule.branches().forEach(branch -> names.elements(branch.elements()));
        return names.found;
    }

    private void elements(List<Element> elements) {
        for (Element element : elements) {
            switch (element) {
                case Element.Match match -> {
                    if (match.tests().stream().noneMatch(LoopbackByName::asksForLoopback)) {
                        match.tests().forEach(this::test);
                    }
                }
                case Element.Absent(_, List<Element> parts) -> elements(parts);
                case Element.Present(_, List<Element> parts) -> elements(parts);
            }
        }
    }

    /** Who asks for both knows the difference. */
    private static boolean asksForLoopback(Check test) {
        return switch (test) {
            case Check.Comparison it -> it.field().field().name().equals("toLoopback");
            case Check.IsUnknown _ -> false;
            case Check.All(_, List<Check> parts) ->
                    parts.stream().anyMatch(LoopbackByName::asksForLoopback);
            case Check.Any(_, List<Check> parts) ->
                    parts.stream().anyMatch(LoopbackByName::asksForLoopback);
        };
    }

    private void test(Check test) {
        switch (test) {
            case Check.Comparison it -> comparison(it);
            case Check.IsUnknown _ -> {}
            case Check.All(_, List<Check> parts) -> parts.forEach(this::test);
            case Check.Any(_, List<Check> parts) -> parts.forEach(this::test);
        }
    }

    private void comparison(Check.Comparison it) {
        boolean ofHost =
                it.field().fact().equals(Facts.CONNECTION)
                        && it.field().field().name().equals("host")
                        && (it.operator() == Operator.EQUAL || it.operator() == Operator.IN);
        for (Value value : ofHost ? it.values() : List.<Value>of()) {
            if (value instanceof Value.Literal(_, String text) && isThisMachine(Host.of(text))) {
                found.add(
                        rule.source()
                                .diagnostic(
                                        Code.LOOPBACK_BY_NAME,
                                        it.span(),
                                        "%s is one name of this machine, and others lead there too"
                                                .formatted(Quoted.of(text)),
                                        "by whichever it is called%s: toLoopback == %s"
                                                .formatted(
                                                        it.values().size() == 1 ? "" : ", besides",
                                                        !it.negated())));
                return;
            }
        }
    }

    /** Not by a name of its own below {@code localhost}, which may be meant. */
    private static boolean isThisMachine(Host host) {
        return host.text().equals("localhost") || (host.address() != null && host.isLoopback());
    }
}
