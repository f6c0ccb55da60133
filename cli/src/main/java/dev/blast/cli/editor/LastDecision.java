package dev.blast.cli.editor;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.KeptDecision;
import dev.blast.rules.assist.Saying;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Records;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule decided last, as far as that is kept: sentences in Markdown, each a paragraph of its
 * own, and empty where nothing is. For them a few files of the user's own are read, and no more.
 */
final class LastDecision {
    /** Of what was asked; whoever is refused chooses how long that is. */
    private static final int LONGEST = 120;

    private static final LastDecision NONE = new LastDecision(null, "");

    private final @Nullable KeptDecision decision;

    /** Why that cannot be read. */
    private final String trouble;

    private LastDecision(@Nullable KeptDecision decision, String trouble) {
        this.decision = decision;
        this.trouble = trouble;
    }

    /**
     * Of a rule by the name that it had then and has now.
     *
     * @param policy where its file lies
     */
    static LastDecision of(EditedProject project, Path policy, String rule) {
        return of(project, policy, answer -> answer.rule().equals(rule));
    }

    /** The same where it was this verb of the rule that decided. */
    static LastDecision of(EditedProject project, Path policy, String rule, String verb) {
        return of(
                project,
                policy,
                answer -> answer.rule().equals(rule) && answer.verb().equals(verb));
    }

    private static LastDecision of(EditedProject project, Path policy, Predicate<Reason> answer) {
        @Nullable PolicyFile file = project.files().get(policy);
        if (file == null) {
            return NONE;
        }
        try {
            return project.decisions()
                    .last(it ->
                            it.layer() == file.layer()
                                    && it.origin().file().equals(file.displayPath())
                                    && answer.test(it))
                    .map(it -> new LastDecision(it, ""))
                    .orElse(NONE);
        } catch (EnvironmentException e) {
            return new LastDecision(
                    null,
                    "\n\nWhere it decided last cannot be told: "
                            + Saying.letters(String.valueOf(e.getMessage())));
        }
    }

    /** For whoever points at the rule's name. */
    String ofRule() {
        return decision == null ? trouble : told("It decided last", decision);
    }

    /** For whoever points at a verb. */
    String ofVerb() {
        return decision == null ? "" : told("It said so last", decision);
    }

    private static String told(String what, KeptDecision decision) {
        String time = decision.time().toString();
        return "\n\n%s on %s at %s UTC: **%s**, %s (%s), from %s\n\n`blast check --explain '#%s'` tells more"
                .formatted(
                        what,
                        time.substring(0, 10),
                        time.substring(11, 16),
                        Saying.letters(decision.verdict()),
                        foreign(decision.words()),
                        Saying.letters(decision.question()),
                        foreign(decision.by()),
                        decision.id());
    }

    private static String foreign(String text) {
        return Saying.letters(Excerpt.beginning(text, LONGEST));
    }

    /** For whoever points at a field: what stood in it. */
    String ofField(Saying.Meant field) {
        return decision == null
                ? ""
                : value(decision, field)
                        .map(it -> "\n\nWhen the rule decided last it was " + foreign(it))
                        .orElse("");
    }

    /** Of several facts, as what is installed, there is none. */
    private static Optional<String> value(KeptDecision decision, Saying.Meant field) {
        Session session = decision.draft().somebody();
        Map<String, @Nullable Object> fields =
                field.fact().equals(Facts.SESSION)
                        ? Records.values(session)
                        : decision.draft().facts().get(field.fact().name());
        if (fields == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (fields.get(field.field().name())) {
                    case null -> "not known";
                    case String it -> Quoted.of(it);
                    case Object it -> it.toString();
                });
    }
}
