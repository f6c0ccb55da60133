package dev.blast.environment.change;

import dev.blast.environment.Lines;
import dev.blast.packaging.Digest;
import dev.blast.rules.compare.EarlierRequest;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Session;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.trial.DraftText;
import dev.blast.rules.verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that rules decided, as it is kept: who asked for what, and what they said then. What
 * was installed is not kept.
 *
 * @param id hexadecimal digits; the same for the same request, verdict and policy
 * @param by the command, as it was typed
 * @param question its name
 * @param draft who asked, and about what
 * @param words the same in words: {@code connect api.example:443}
 * @param verdict {@code DENIED}, {@code HELD} or {@code ALLOWED}
 * @param said the verdict, the rules and the facts that they looked at, as people were told
 * @param deciding the answers that made the verdict; none where the default did
 * @param revision of the policy
 */
public record KeptDecision(
        String id,
        Instant time,
        String by,
        String question,
        CaseDraft draft,
        String words,
        String verdict,
        String said,
        List<Reason> deciding,
        String revision) {
    private static final int DIGITS = 8;
    private static final String DECIDING = "deciding";

    public KeptDecision {
        deciding = List.copyOf(deciding);
    }

    /** What was explained about a subject to somebody. */
    public static <S extends Judged> KeptDecision of(
            Instant time, String by, Session session, S subject, Explanation explanation) {
        VerdictQuestion<S> question = Questions.about(subject);
        CaseDraft draft =
                EarlierRequest.of(by, question, session, List.of(), question.facts(subject))
                        .draft();
        String verdict = explanation.verdict();
        String request = request(question.name(), draft, verdict);
        return new KeptDecision(
                Digest.of(request, explanation.revision()).substring(0, DIGITS),
                time,
                by,
                question.name(),
                draft,
                explanation.asked(),
                verdict,
                ExplanationText.said(explanation),
                explanation.judgement().deciding(),
                explanation.revision());
    }

    private static String request(String question, CaseDraft draft, String verdict) {
        return DraftText.of(question, draft, verdict.toLowerCase(Locale.ROOT));
    }

    /** The question that was asked, where there still is such a one. */
    public Optional<VerdictQuestion<?>> asked() {
        return Questions.ALL.stream()
                .filter(it -> it.name().equals(question))
                .filter(VerdictQuestion.class::isInstance)
                .<VerdictQuestion<?>>map(VerdictQuestion.class::cast)
                .findFirst();
    }

    /** What it was about. */
    public Optional<Judged> subject() {
        Session session = draft.somebody();
        return asked().flatMap(it -> it.subject(draft.subjects(session))).map(Judged.class::cast);
    }

    String text() {
        var text = new Lines.Writer();
        deciding.forEach(it -> text.add(DECIDING, KeptReason.text(it)));
        return text.add("time", time.toString())
                .add("by", by)
                .add("question", question)
                .add("request", request(question, draft, verdict))
                .add("words", words)
                .add("verdict", verdict)
                .add("said", said)
                .add("revision", revision)
                .text();
    }

    /**
     * What {@link #text} wrote, in its lines.
     *
     * @throws IllegalArgumentException where it was not
     * @throws java.time.DateTimeException where its time is none
     */
    static KeptDecision of(String id, Lines lines) {
        return new KeptDecision(
                id,
                Instant.parse(lines.one("time")),
                lines.one("by"),
                lines.one("question"),
                DraftText.read(lines.one("request")),
                lines.one("words"),
                lines.one("verdict"),
                lines.one("said"),
                deciding(lines),
                lines.one("revision"));
    }

    /** The answers that made the verdict alone, which is read more quickly than all of it. */
    static List<Reason> deciding(Lines lines) {
        return lines.all(DECIDING).stream().map(KeptReason::of).toList();
    }
}
