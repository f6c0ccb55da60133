package dev.blast.rules.question;

import dev.blast.rules.fact.Judged;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Verb;
import java.util.List;

/** All questions. A new one is a file of its own and a line here. */
public final class Questions {
    public static final SessionQuestion SESSION = new SessionQuestion();
    public static final CompanionsQuestion COMPANIONS = new CompanionsQuestion();
    public static final StrategyQuestion SYNC = new SyncQuestion();
    public static final StrategyQuestion REQUIREMENT = new RequirementQuestion();
    public static final DefinitionQuestion STRATEGY = new DefinitionQuestion();
    public static final RelaxationQuestion RELAXATION = new RelaxationQuestion();

    /** In the order of the reference. */
    public static final List<Question> ALL =
            List.of(
                    SESSION,
                    new ConnectionQuestion(),
                    new CandidateQuestion(),
                    COMPANIONS,
                    new AdvisoryQuestion(),
                    new ArtifactQuestion(),
                    new BuildQuestion(),
                    new StartupHookQuestion(),
                    SYNC,
                    REQUIREMENT,
                    STRATEGY,
                    RELAXATION,
                    new MissingLayerQuestion(),
                    new ViolationQuestion());

    private Questions() {}

    /** The question about such a subject. */
    @SuppressWarnings("unchecked") // it says that it is about it
    public static <S extends Judged> VerdictQuestion<S> about(S subject) {
        for (Question question : ALL) {
            if (question instanceof VerdictQuestion<?> it && it.isAbout(subject)) {
                return (VerdictQuestion<S>) it;
            }
        }
        throw new IllegalArgumentException("no question is about a " + subject.getClass());
    }

    /** The verbs of all questions, in their order. */
    public static List<Verb> verbs() {
        return ALL.stream().flatMap(question -> question.verbs().stream()).distinct().toList();
    }
}
