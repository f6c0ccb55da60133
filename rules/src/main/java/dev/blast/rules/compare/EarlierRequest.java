package dev.blast.rules.compare;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was made before.
 *
 * @param by who made it: {@code the last sync}
 */
public record EarlierRequest(String by, Question question, CaseDraft draft) {

    /**
     * A request about facts.
     *
     * @param subjects the facts that the question is about; none where it is about the session
     */
    public static EarlierRequest of(
            String by,
            Question question,
            Session session,
            List<Distribution> installed,
            List<?> subjects) {
        var distributions = new ArrayList<Map<String, @Nullable Object>>();
        installed.forEach(it -> distributions.add(Records.values(it)));
        var facts = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        for (Object subject : subjects) {
            Facts.ALL.stream()
                    .filter(type -> type.record() == subject.getClass())
                    .forEach(type -> facts.put(type.name(), Records.values(made(subject))));
        }
        return new EarlierRequest(
                by, question, new CaseDraft(Records.values(session), distributions, facts, "", ""));
    }

    /** A companion has the fields of a candidate. */
    private static Object made(Object subject) {
        return subject instanceof Companion(Candidate candidate) ? candidate : subject;
    }
}
