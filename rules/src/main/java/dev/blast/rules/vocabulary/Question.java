package dev.blast.rules.vocabulary;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions that rules answer. A rule belongs to the one whose subject it mentions. */
public enum Question {
    SESSION("What may this session see and use?", Outcome.DENIED, Facts.SESSION),
    CONNECTION("May it connect?", Outcome.DENIED, Facts.CONNECTION),
    CANDIDATE("May this version be chosen?", Outcome.DENIED, Facts.CANDIDATE),
    COMPANIONS("May these two be together?", Outcome.ALLOWED, Facts.CANDIDATE, Facts.COMPANION),
    ARTIFACT("May this file be installed?", Outcome.DENIED, Facts.ARTIFACT),
    STARTUP_HOOK("May this run at interpreter start?", Outcome.DENIED, Facts.STARTUP_HOOK),
    SYNC("Which strategy?", Outcome.ALLOWED, Facts.SYNC),
    /** May mention the synchronisation as well. */
    REQUIREMENT("Which strategy for this requirement?", Outcome.ALLOWED, Facts.REQUIREMENT),
    STRATEGY("What does a strategy want?", Outcome.ALLOWED, Facts.STRATEGY),
    MISSING_LAYER("May a session go on without this layer?", Outcome.DENIED, Facts.MISSING_LAYER);

    private final String words;
    private final Outcome byDefault;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of; facts are records
    private final List<FactType> subjects;

    Question(String words, Outcome byDefault, FactType... subjects) {
        this.words = words;
        this.byDefault = byDefault;
        this.subjects = List.of(subjects);
    }

    /** As people ask it. */
    public String words() {
        return words;
    }

    /** The verdict where no rule answers. */
    public Outcome byDefault() {
        return byDefault;
    }

    public List<FactType> subjects() {
        return subjects;
    }

    /** The facts that its rules may mention. */
    public Set<FactType> facts() {
        Set<FactType> facts = new LinkedHashSet<>(subjects);
        if (this == REQUIREMENT) {
            facts.add(Facts.SYNC);
        }
        facts.add(Facts.SESSION);
        facts.add(Facts.DISTRIBUTION);
        return facts;
    }

    /** Of those the ones that there is one of whenever it is asked. */
    public List<FactType> single() {
        return facts().stream().filter(fact -> !fact.equals(Facts.DISTRIBUTION)).toList();
    }

    /**
     * The question of a rule that mentions these facts; empty where they belong to different
     * questions.
     */
    public static Optional<Question> mentioning(Set<FactType> facts) {
        Set<FactType> subjects =
                facts.stream()
                        .filter(fact ->
                                !fact.equals(Facts.SESSION) && !fact.equals(Facts.DISTRIBUTION))
                        .collect(Collectors.toSet());
        if (subjects.isEmpty()) {
            return Optional.of(SESSION);
        }
        if (subjects.contains(Facts.REQUIREMENT)) {
            subjects.remove(Facts.SYNC);
        }
        return Arrays.stream(values())
                .filter(question -> Set.copyOf(question.subjects).equals(subjects))
                .findFirst();
    }
}
