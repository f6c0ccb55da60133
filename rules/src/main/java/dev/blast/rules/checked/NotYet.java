package dev.blast.rules.checked;

import static java.util.Map.entry;

import dev.blast.rules.checked.Rule.FieldOf;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the language understands and nothing in Blast brings about yet. The warnings, the refusal of
 * strategies and the marks in docs/policies.md come from this one table.
 */
public final class NotYet {
    private static final String LICENSE = "Candidate.license";
    private static final String NOT_YET = "understood, not yet in force";
    private static final String NOT_OF_TWO =
            "a sync asks rules on two versions before their licenses are read; check knows those of what is installed";
    private static final String NEVER_KNOWN = "it is never known";
    private static final String ERRNO_ALONE = "the kernel tells the program alone, by an error";
    private static final String NOT_RUN = "nothing runs for it";

    /**
     * Facts, {@code Fact.field}, {@code Fact.field CHOICE}, verbs and objectives, each with what a
     * rule has to expect.
     */
    public static final Map<String, String> WORDS =
            Map.ofEntries(
                    entry("Companion.license", NOT_OF_TWO),
                    entry("Relaxation.kind PYTHON", "no other interpreter is tried"),
                    entry("Requirement.direct", "it is always true"),
                    entry("Sync.cause", "it is always PERSON"),
                    entry("Sync.lastOutcome", NEVER_KNOWN),
                    entry("Sync.attempt", "it is always 1"),
                    entry("Violation.kind PATH", ERRNO_ALONE),
                    entry("Violation.kind SYSCALL", ERRNO_ALONE),
                    entry("Violation.kind OPEN_FILES", ERRNO_ALONE),
                    entry("Violation.kind FILE_SIZE", ERRNO_ALONE),
                    entry("Session.purpose INSTALL", NOT_RUN));

    private NotYet() {}

    /** The sentence about a word of the table; empty where it is in force. */
    public static Optional<String> about(String word) {
        return Optional.ofNullable(WORDS.get(word)).map(meaning -> NOT_YET + ": " + meaning);
    }

    public static Optional<String> about(FieldOf field) {
        return about(word(field));
    }

    /** About one of the names that a field may have. */
    public static Optional<String> about(FieldOf field, String choice) {
        return about(word(field) + " " + choice);
    }

    /** Fields, subjects, verbs and objectives of a rule; its choices are among {@link Remarks}. */
    public static List<Diagnostic> in(Rule rule) {
        List<Diagnostic> found = new ArrayList<>();
        rule.question().subjects().forEach(fact -> add(found, rule, fact.name(), rule.head()));
        rule.looksAt().forEach((field, span) -> add(found, rule, word(field, rule), span));
        for (Rule.Action action : rule.actions()) {
            add(found, rule, action.verb().name(), action.span());
            if (action.verb().aspect() == Aspect.POINTS
                    && rule.looksAt().keySet().stream().anyMatch(it -> word(it).equals(LICENSE))) {
                found.add(
                        rule.source()
                                .diagnostic(
                                        Code.NOT_IN_FORCE,
                                        action.span(),
                                        "'%s' by license is %s: versions are put in order before their licenses are read"
                                                .formatted(action.verb().name(), NOT_YET)));
            }
            for (Value argument : action.arguments()) {
                if (action.verb().name().equals("rank")
                        && argument instanceof Value.Literal(Type _, String objective)) {
                    add(found, rule, objective, action.span());
                }
            }
        }
        return found;
    }

    private static void add(List<Diagnostic> found, Rule rule, String word, Span span) {
        about(word)
                .ifPresent(sentence ->
                        found.add(
                                rule.source()
                                        .diagnostic(
                                                Code.NOT_IN_FORCE,
                                                span,
                                                "'" + word + "' is " + sentence)));
    }

    /** Of two versions the one is as little known as the other. */
    private static String word(FieldOf field, Rule rule) {
        String word = word(field);
        return word.equals(LICENSE) && rule.question().subjects().size() > 1
                ? "Companion.license"
                : word;
    }

    private static String word(FieldOf field) {
        return field.fact().name() + "." + field.field().name();
    }
}
