package dev.blast.rules.vocabulary;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A question that rules answer. A rule belongs to the one whose subjects it mentions. Each is one
 * object.
 */
public abstract class Question {
    private final String name;
    private final String topic;
    private final String words;
    private final List<FactType> subjects;

    /**
     * Names a question.
     *
     * @param name as it stands over its rules in a listing
     * @param topic the word by which people list the rules of this and related questions
     * @param words as people ask it
     */
    protected Question(String name, String topic, String words, FactType... subjects) {
        this.name = name;
        this.topic = topic;
        this.words = words;
        this.subjects = List.of(subjects);
    }

    public final String name() {
        return name;
    }

    public final String topic() {
        return topic;
    }

    public final String words() {
        return words;
    }

    public final List<FactType> subjects() {
        return subjects;
    }

    /**
     * What its rules may mention beside the subjects; it is there whenever the question is asked.
     */
    public List<FactType> beside() {
        return List.of();
    }

    /** What a rule may answer, in the order of the reference. */
    public abstract List<Verb> verbs();

    /** What holds where no rule answers, as the reference says it. */
    public abstract String otherwise();

    /** The facts that its rules may mention. */
    public final Set<FactType> facts() {
        Set<FactType> facts = new LinkedHashSet<>(single());
        facts.add(Facts.DISTRIBUTION);
        return facts;
    }

    /** Of those the ones that there is one of whenever it is asked. */
    public final List<FactType> single() {
        Set<FactType> facts = new LinkedHashSet<>(subjects);
        facts.addAll(beside());
        facts.add(Facts.SESSION);
        return List.copyOf(facts);
    }

    /** Whether rules that mention these facts are about it. */
    private boolean isMeantBy(Set<FactType> mentioned) {
        Set<FactType> facts =
                mentioned.stream()
                        .filter(fact ->
                                !fact.equals(Facts.SESSION)
                                        && !fact.equals(Facts.DISTRIBUTION)
                                        && !beside().contains(fact))
                        .collect(Collectors.toSet());
        Set<FactType> own = new LinkedHashSet<>(subjects);
        own.remove(Facts.SESSION);
        return facts.equals(own);
    }

    /**
     * The question of a rule that mentions these facts; empty where they belong to different
     * questions.
     */
    public static Optional<Question> mentioning(
            Set<FactType> facts, Collection<? extends Question> questions) {
        for (Question question : questions) {
            if (question.isMeantBy(facts)) {
                return Optional.of(question);
            }
        }
        return Optional.empty();
    }

    @Override
    public final String toString() {
        return name;
    }
}
