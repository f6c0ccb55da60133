package dev.blast.rules;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.engine.Engine;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.fact.Sync;
import dev.blast.rules.question.CompanionsQuestion;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Revision;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.verdict.Weighed;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of checked rules, ready to answer. Immutable; any thread may ask, several at once.
 *
 * <p>An evaluation that hits its limits is a deny where a verdict is asked for, and a {@link
 * PolicyException} otherwise.
 */
public final class Policy {
    private final List<PolicyFile> files;

    /** By layer and origin; of a policy that is remembered they are read when they are needed. */
    private final Lazy<List<Rule>> rules;

    /** Strangers' rules that choose what files of the system or the person choose. */
    private final Lazy<Set<Rule>> outweighed = new Lazy<>(this::findOutweighed);

    private final Lazy<Mentions> mentions;
    private final Lazy<List<Diagnostic>> withoutEffect;
    private final Remembered remembered;

    /** Built when its question is asked for the first time: a command asks few of them. */
    private final Map<Question, Engine> engines = new ConcurrentHashMap<>();

    Policy(List<PolicyFile> files, List<Rule> rules) {
        this(files, rules, Remembered.NOTHING);
    }

    private Policy(List<PolicyFile> files, List<Rule> rules, Remembered remembered) {
        List<Rule> ordered =
                rules.stream()
                        .sorted(Comparator.comparing(Rule::layer).thenComparing(Rule::origin))
                        .toList();
        this.files = files;
        this.rules = new Lazy<>(() -> ordered);
        this.mentions = new Lazy<>(() -> Mentions.of(ordered));
        this.withoutEffect = new Lazy<>(() -> findWithoutEffect(ordered));
        this.remembered = remembered;
    }

    /** One that was read before, without a mistake or a remark. */
    private Policy(List<PolicyFile> files, Mentions mentions, Remembered remembered) {
        this.files = files;
        this.rules = new Lazy<>(() -> readAgain(files));
        this.mentions = new Lazy<>(() -> mentions);
        this.withoutEffect = new Lazy<>(List::of);
        this.remembered = remembered;
    }

    private static List<Rule> readAgain(List<PolicyFile> files) {
        return switch (load(files)) {
            case Loading.Loaded(Policy policy) -> policy.rules.get();
            case Loading.Refused(List<Diagnostic> errors) ->
                    throw new IllegalStateException("these were read before: " + errors);
        };
    }

    private Set<Rule> findOutweighed() {
        return Stream.of(Effect.CHOOSES, Effect.WEIGHS)
                .filter(effect -> rules.get().stream().anyMatch(it -> isOwn(it, effect)))
                .flatMap(effect -> rules.get().stream().filter(it -> it.has(effect)))
                .filter(rule -> !isTrusted(rule))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a file of the system or the person has such an answer. */
    private static boolean isOwn(Rule rule, Effect effect) {
        return isTrusted(rule) && rule.layer() != Layer.SHIPPED && rule.has(effect);
    }

    private static boolean isTrusted(Rule rule) {
        return rule.source().file().trusted();
    }

    /**
     * Checks and loads all files, or says everything that is wrong with them. Reads nothing but its
     * arguments.
     */
    public static Loading load(List<PolicyFile> files) {
        return new PolicyLoader(Memory.NONE).load(files);
    }

    /** The same with a memory: what it knows of these files is not found out again. */
    public static Loading load(List<PolicyFile> files, Memory memory) {
        Remembered remembered = Remembered.of(files, memory);
        Optional<Mentions> known = remembered.mentions();
        if (known.isPresent()) {
            return new Loading.Loaded(new Policy(files, known.get(), remembered));
        }
        Loading loading = new PolicyLoader(memory).load(files);
        if (!(loading instanceof Loading.Loaded(Policy policy))) {
            return loading;
        }
        if (policy.withoutEffect().isEmpty()) {
            remembered.keep(policy.mentions.get());
        }
        return new Loading.Loaded(new Policy(files, policy.rules.get(), remembered));
    }

    /**
     * What is wrong with files, as far as our own reading tells: quick enough for every letter that
     * somebody types. Whether Drools reads them alike, {@link #load} finds out.
     */
    public static List<Diagnostic> mistakes(List<PolicyFile> files) {
        return new PolicyLoader(Memory.NONE).mistakes(files);
    }

    /** Six hexadecimal digits that name this content: the same for any order of the same files. */
    public String revision() {
        return Revision.of(files);
    }

    /** What a reader of the files should look at, though they load; looked for when asked. */
    public List<Diagnostic> warnings() {
        return Warnings.of(files, rules.get());
    }

    /**
     * Of the warnings those that everybody has to see: a rule of one's own that narrows, and uses
     * what is not yet in force, so that it may not narrow.
     */
    public List<Diagnostic> withoutEffect() {
        return withoutEffect.get();
    }

    private static List<Diagnostic> findWithoutEffect(List<Rule> rules) {
        return Diagnostic.inOrder(
                rules.stream()
                        .filter(rule -> rule.layer() != Layer.SHIPPED && rule.has(Effect.NARROWS))
                        .flatMap(rule -> NotYet.in(rule).stream())
                        .toList());
    }

    /** The words by which rules are listed, in the order of the questions. */
    public static List<String> topics() {
        return Questions.ALL.stream().map(Question::topic).distinct().toList();
    }

    public int files() {
        return files.size();
    }

    /** All rules, by layer and origin. */
    public List<RuleSummary> rules() {
        return rules.get().stream().map(this::summary).toList();
    }

    private RuleSummary summary(Rule rule) {
        return new RuleSummary(
                rule.origin(),
                rule.name(),
                rule.layer(),
                rule.question().name(),
                rule.question().topic(),
                rule.reason(),
                rule.actions().stream().map(action -> rule.source().text(action.span())).toList(),
                rule.has(Effect.OPENS),
                isInForce(rule));
    }

    /** Whether it counts where it matches, even if nobody stands behind its file. */
    public boolean isInForce(Rule rule) {
        return isTrusted(rule)
                || !(rule.has(Effect.OPENS)
                        || outweighed.get().contains(rule)
                        || (rule.has(Effect.DEFINES) && isDefinedByOthers(rule)));
    }

    /** Whether a file that somebody stands behind defines what this rule defines. */
    private boolean isDefinedByOthers(Rule rule) {
        Set<String> others =
                Questions.STRATEGY.defined(rules.get().stream().filter(Policy::isTrusted).toList());
        return Questions.STRATEGY.defined(List.of(rule)).stream().anyMatch(others::contains);
    }

    /** May it? Whatever it is, there is a question about it. */
    public Judgement judge(Judged subject, Context context) {
        return decide(subject, context).judgement();
    }

    /** The judgement, with the answers that decided it. */
    public <S extends Judged> Weighed decide(S subject, Context context) {
        VerdictQuestion<S> question = Questions.about(subject);
        try {
            List<Answered> answers = ask(question, context, question.facts(subject));
            Optional<S> ordinary = question.ordinary(subject);
            return ordinary.isEmpty()
                    ? question.weigh(answers)
                    : question.weigh(
                            answers,
                            ask(question, context, question.facts(ordinary.get())),
                            question.unmeant(subject));
        } catch (Undecided e) {
            return question.failed(e);
        }
    }

    /** May these two be together? */
    public Judgement judge(Candidate one, Companion other, Context context) {
        return judge(new CompanionsQuestion.Pair(one, other), context);
    }

    /** The rules on two candidates; empty where there are none. */
    public Optional<CompanionRules> companions(Context context) {
        return rules(Questions.COMPANIONS).isEmpty()
                ? Optional.empty()
                : Optional.of(new CompanionRules(this, context));
    }

    /** What may this session see and use? */
    public SandboxPolicy sandbox(Context context) throws PolicyException {
        return context.inForce(granted(context));
    }

    private SandboxPolicy granted(Context context) throws PolicyException {
        Optional<SandboxPolicy> known = remembered.granted(context, mentions.get());
        if (known.isPresent()) {
            return known.get();
        }
        SandboxPolicy granted =
                Questions.SESSION.weigh(answers(Questions.SESSION, context, List.of()));
        remembered.keep(context, mentions.get(), granted);
        return granted;
    }

    /** Which strategy for the whole synchronisation? Without any rule it is {@code stable}. */
    public StrategyChoice strategy(Sync sync, Context context) throws PolicyException {
        return Questions.SYNC
                .weigh(answers(Questions.SYNC, context, List.of(sync)))
                .orElseGet(() -> new StrategyChoice.Chosen("stable", Optional.empty(), List.of()));
    }

    /**
     * Which strategy for one package; empty where no rule names it, so that the synchronisation's
     * holds.
     */
    public Optional<StrategyChoice> strategy(Requirement requirement, Sync sync, Context context)
            throws PolicyException {
        return Questions.REQUIREMENT.weigh(
                answers(Questions.REQUIREMENT, context, List.of(requirement, sync)));
    }

    /** What a strategy wants; a strategy that no rule knows is an error with the nearest names. */
    public StrategyDefinition define(String strategyName, Context context) throws PolicyException {
        StrategyDefinition definition =
                Questions.STRATEGY.weigh(
                        strategyName,
                        answers(Questions.STRATEGY, context, List.of(new Strategy(strategyName))));
        if (definition.objectives().isEmpty()) {
            List<String> known = strategies();
            String[] help =
                    Nearest.andAll(strategyName, known, "strategies: " + String.join(", ", known));
            throw new PolicyException(
                    "no rule defines the strategy '%s'; %s"
                            .formatted(strategyName, String.join(" ", help)));
        }
        return definition;
    }

    /** What it costs to let go of something; an evaluation that is broken off forbids it. */
    public Price price(LettingGo subject, Context context) {
        try {
            return Questions.RELAXATION.weigh(ask(Questions.RELAXATION, context, List.of(subject)));
        } catch (Undecided e) {
            return new Price.Forbidden(List.of(), e.getMessage());
        }
    }

    /** The names of the strategies that rules define, sorted. */
    public List<String> strategies() {
        return List.copyOf(Questions.STRATEGY.defined(rules.get()));
    }

    /** Whether any rule looks at this field, so that callers need not find out what nobody asks. */
    public boolean mentions(Class<?> fact, String field) {
        return mentions.get().has(fact, field);
    }

    /** Whether any rule has a pattern of this fact, whatever it looks at in it. */
    public boolean mentions(Class<?> fact) {
        return mentions.get().has(fact);
    }

    /** Whether any rule is about such a subject, so that nobody is asked who would not answer. */
    public boolean isAbout(Class<? extends Judged> subject) {
        return rules.get().stream()
                .flatMap(rule -> rule.question().subjects().stream())
                .anyMatch(fact -> fact.record() == subject);
    }

    /** Whether any rule has an answer of this kind, so that nobody is asked for what none gives. */
    public boolean gives(Aspect aspect) {
        return rules.get().stream()
                .flatMap(rule -> rule.actions().stream())
                .anyMatch(action -> action.verb().aspect() == aspect);
    }

    /**
     * Everything that rules answer, by layer and origin: before it is weighed.
     *
     * @param subjects what is asked about
     * @throws PolicyException where the evaluation was broken off
     */
    public List<Answered> answers(Question question, Context context, List<Object> subjects)
            throws PolicyException {
        try {
            return ask(question, context, subjects);
        } catch (Undecided e) {
            throw new PolicyException(e);
        }
    }

    /**
     * The same.
     *
     * @throws Undecided where the evaluation was broken off
     */
    public List<Answered> ask(Question question, Context context, List<Object> subjects) {
        List<Answered> answers =
                engine(question).ask(context.session(), subjects, context.installed());
        return outweighed.get().isEmpty()
                ? answers
                : answers.stream()
                        .map(it -> outweighed.get().contains(it.rule()) ? it.outweigh() : it)
                        .toList();
    }

    Engine engine(Question question) {
        return engines.computeIfAbsent(question, it -> new Engine(rules(it), it.single()));
    }

    public List<Rule> rules(Question question) {
        return rules.get().stream().filter(rule -> rule.question().equals(question)).toList();
    }

    /** The same policy without one of its rules. */
    public Policy without(Rule rule) {
        return new Policy(files, rules.get().stream().filter(it -> !it.equals(rule)).toList());
    }

    /** Some of its rules alone. */
    public Policy of(Collection<Rule> some) {
        return new Policy(files, List.copyOf(some));
    }

    /** The same policy with another rule in the place of one of its rules. */
    public Loading with(Rule rule, Rule other) {
        List<Rule> changed = rules.get().stream().map(it -> it.equals(rule) ? other : it).toList();
        List<Diagnostic> errors = PolicyLoader.across(changed);
        return errors.isEmpty()
                ? new Loading.Loaded(new Policy(files, changed))
                : new Loading.Refused(errors);
    }

    /** The same policy without the rules about such a subject alone that look at this field. */
    public Policy withoutLookingAt(Class<? extends Judged> subject, String field) {
        return new Policy(
                files,
                rules.get().stream()
                        .filter(rule ->
                                !isAboutAlone(rule, subject) || !looksAt(rule, subject, field))
                        .toList());
    }

    /** The same policy with no other rules about anything. */
    public Policy lookingAt(Class<? extends Judged> subject, String field) {
        return new Policy(
                files,
                rules.get().stream()
                        .filter(rule ->
                                isAboutAlone(rule, subject) && looksAt(rule, subject, field))
                        .toList());
    }

    /** Whether any rule about such a subject alone looks at this field. */
    public boolean judgesBy(Class<? extends Judged> subject, String field) {
        return rules.get().stream()
                .anyMatch(rule -> isAboutAlone(rule, subject) && looksAt(rule, subject, field));
    }

    private static boolean isAboutAlone(Rule rule, Class<?> subject) {
        List<FactType> subjects = rule.question().subjects();
        return subjects.size() == 1 && subjects.getFirst().record() == subject;
    }

    private static boolean looksAt(Rule rule, Class<?> fact, String field) {
        return rule.looksAt().keySet().stream()
                .anyMatch(it -> it.fact().record() == fact && it.field().name().equals(field));
    }

    public List<PolicyFile> sources() {
        return files;
    }
}
