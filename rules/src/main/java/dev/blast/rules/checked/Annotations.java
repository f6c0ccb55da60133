package dev.blast.rules.checked;

import dev.blast.rules.parse.Operand;
import dev.blast.rules.parse.RuleTree;
import dev.blast.rules.parse.RuleTree.Annotation;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What may stand between a rule's name and its conditions. */
final class Annotations {
    private static final List<String> NAMES =
            List.of("final", "help", "owner", "reason", "severity");

    private Annotations() {}

    /**
     * The annotations of a rule with their texts, by name.
     *
     * @param flaws to which those of the annotations are added
     */
    static Map<String, String> of(Source source, RuleTree tree, Findings flaws) {
        Map<String, String> all = new HashMap<>();
        for (Annotation annotation : tree.annotations()) {
            String name = annotation.name();
            if (!NAMES.contains(name)) {
                String known = "annotations: @" + String.join(" @", NAMES);
                var flaw =
                        new Flaw(
                                source.diagnostic(
                                        Code.UNKNOWN_ANNOTATION,
                                        annotation.span(),
                                        "unknown annotation '@" + name + "'",
                                        Nearest.to(name, NAMES)
                                                .map(it -> "did you mean '@" + it + "'?")
                                                .orElse(known)));
                int start = annotation.span().start() + 1;
                var written = new Span(start, start + name.length());
                flaws.add(
                        source.text(written).equals(name)
                                ? Nearest.single(name, NAMES)
                                        .map(it -> flaw.mendedBy(source.correction(written, it)))
                                        .orElse(flaw)
                                : flaw);
            } else if (name.equals("final") != (annotation.value() == null)) {
                flaws.add(
                        source.diagnostic(
                                Code.ANNOTATION_TEXT,
                                annotation.span(),
                                name.equals("final")
                                        ? "@final has no text"
                                        : "@" + name + " needs a text",
                                name.equals("final")
                                        ? "write @final"
                                        : "write @" + name + "(\"…\")"));
            } else if (name.equals("final") && source.file().layer() != Layer.SYSTEM) {
                flaws.add(
                        source.diagnostic(
                                Code.MISPLACED_FINAL,
                                annotation.span(),
                                "@final belongs to the system's policies",
                                "they live in /etc/blast/policies"));
            } else if (annotation.value() instanceof Operand.Lost) {
                flaws.add(Flaw.echo());
            } else if (annotation.value() != null
                    && !(annotation.value() instanceof Operand.Text)) {
                Span value = annotation.value().span();
                String quoted = '"' + source.text(value) + '"';
                Flaw flaw =
                        new Flaw(
                                source.diagnostic(
                                        Code.ANNOTATION_TEXT,
                                        value,
                                        "@" + name + " needs a text",
                                        "write @" + name + "(\"…\")"));
                flaws.add(
                        annotation.value() instanceof Operand.Word
                                ? flaw.mendedBy(source.correction(value, quoted))
                                : flaw);
            } else if (all.putIfAbsent(
                            name,
                            annotation.value() instanceof Operand.Text text ? text.value() : "")
                    != null) {
                flaws.add(
                        source.diagnostic(
                                Code.DUPLICATE_ANNOTATION,
                                annotation.span(),
                                "@" + name + " stands here twice"));
            }
        }
        return all;
    }
}
