package dev.blast.rules.question;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

/** About two candidates that would be chosen together. */
public final class CompanionsQuestion extends VerdictQuestion<CompanionsQuestion.Pair> {

    /** Two candidates. */
    public record Pair(Candidate candidate, Companion companion) implements Judged {}

    CompanionsQuestion() {
        super(
                "companions",
                "package",
                "May these two be together?",
                Outcome.ALLOWED,
                Pair.class,
                Facts.CANDIDATE,
                Facts.COMPANION);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verbs.DENY);
    }

    @Override
    public String asked(Pair it) {
        return "package %s==%s with %s==%s"
                .formatted(
                        it.candidate().name(),
                        it.candidate().version(),
                        it.companion().candidate().name(),
                        it.companion().candidate().version());
    }

    @Override
    public String file() {
        return "packages";
    }

    /** What no rule denies is allowed. */
    @Override
    public Optional<String> condition(Pair it) {
        return Optional.empty();
    }

    @Override
    public List<Object> facts(Pair it) {
        return List.of(it.candidate(), it.companion());
    }

    @Override
    public Optional<Pair> subject(List<?> facts) {
        return facts.stream()
                .filter(Candidate.class::isInstance)
                .map(Candidate.class::cast)
                .flatMap(candidate ->
                        facts.stream()
                                .filter(Companion.class::isInstance)
                                .map(it -> new Pair(candidate, (Companion) it)))
                .findFirst();
    }
}
