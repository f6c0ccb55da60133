package dev.blast.rules.trial;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.question.Questions;
import dev.blast.rules.question.RelaxationQuestion;
import dev.blast.rules.question.StrategyQuestion;
import dev.blast.rules.question.VerdictQuestion;
import dev.blast.rules.trial.CaseResult.Known;
import dev.blast.rules.trial.CaseResult.Known.Form;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Judgement.Preference;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.SyscallGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a policy what cases ask. */
final class CaseRun {
    private static final List<String> VERDICTS = List.of("allow", "deny", "hold", "warn", "error");
    private static final List<String> CONSEQUENCES =
            List.of("record", "warn", "freeze", "stop", "error");
    private static final List<String> ACCESSES =
            List.of("hidden", "temporary", "writable", "readable", "absent", "error");

    private final Policy policy;

    /** What a session sees, by its context: many cases ask of one. */
    private final Map<Context, SandboxPolicy> sandboxes = new HashMap<>();

    CaseRun(Policy policy) {
        this.policy = policy;
    }

    /**
     * The question that a case asks.
     *
     * @throws IllegalArgumentException where it is none
     */
    static Question question(CaseDraft draft) {
        if (!draft.thing().isEmpty()) {
            return draft.thing().equals("Strategy") ? Questions.STRATEGY : Questions.SESSION;
        }
        Set<FactType> types = new HashSet<>();
        draft.facts().keySet().forEach(name -> Facts.named(name).ifPresent(types::add));
        Question question =
                Question.mentioning(types, Questions.ALL)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "asks different questions at once: "
                                                + draft.facts().keySet()));
        if (question.equals(Questions.SESSION) || question.equals(Questions.STRATEGY)) {
            throw new IllegalArgumentException(
                    "ask for read, write, access, syscall, variable, limit or Strategy");
        }
        return question;
    }

    /** What the rules of its question are asked about. */
    static List<Object> subjects(TestCase it) {
        return it.draft().thing().equals("Strategy")
                ? List.of(new Strategy(it.draft().value()))
                : it.subjects();
    }

    /**
     * @throws IllegalArgumentException where it is no question
     */
    CaseResult ask(TestCase it) {
        try {
            return answer(it);
        } catch (PolicyException e) {
            String said = String.valueOf(e.getMessage());
            return new CaseResult(
                    List.of("error"),
                    List.of(),
                    List.of(),
                    new Known(List.of("error"), Form.NOTHING),
                    () -> said);
        }
    }

    private CaseResult answer(TestCase it) throws PolicyException {
        Question question = question(it.draft());
        List<Object> subjects = it.subjects();
        return switch (question) {
            case VerdictQuestion<?> about -> judged(all(about.subject(subjects), question), it);
            case StrategyQuestion about -> {
                all(
                        subjects.size() < about.single().size() - 1
                                ? Optional.empty()
                                : Optional.of(subjects),
                        question);
                yield chosen(about.weigh(policy.answers(about, it.context(), subjects)));
            }
            case RelaxationQuestion about ->
                    priced(about.weigh(policy.answers(about, it.context(), subjects)));
            default ->
                    it.draft().thing().equals("Strategy")
                            ? defined(policy.define(it.draft().value(), it.context()))
                            : provision(it, it.draft().thing(), it.draft().value());
        };
    }

    private static CaseResult defined(StrategyDefinition definition) {
        var words = new ArrayList<String>(Objective.words());
        words.add("error");
        return new CaseResult(
                definition.objectives().stream().map(it -> it.objective().word()).toList(),
                definition.objectives().stream().map(RankedObjective::reason).distinct().toList(),
                List.of(),
                new Known(words, Form.NOTHING),
                CaseRun::unexplained);
    }

    private CaseResult provision(TestCase it, String thing, String value) throws PolicyException {
        SandboxPolicy sandbox = sandboxes.get(it.context());
        if (sandbox == null) {
            sandbox = policy.sandbox(it.context());
            sandboxes.put(it.context(), sandbox);
        }
        return switch (thing) {
            case "read" ->
                    ruled(sandbox.reading(it.path(value)), () -> why(it).ofReading(it.path(value)));
            case "write" ->
                    ruled(sandbox.writing(it.path(value)), () -> why(it).ofWriting(it.path(value)));
            case "syscall" -> ruled(syscall(sandbox, value), () -> why(it).ofSyscall(value));
            case "access" -> access(sandbox, it.path(value));
            case "variable" -> variable(sandbox, value);
            case "limit" -> limit(sandbox.limits(), value);
            default -> throw new IllegalArgumentException("cannot ask for '" + thing + "'");
        };
    }

    private static Ruling syscall(SandboxPolicy sandbox, String name) {
        return SyscallGroup.named(name)
                .map(sandbox.syscalls()::of)
                .orElseGet(() -> sandbox.syscalls().of(name));
    }

    private Explanations why(TestCase it) {
        return new Explanations(policy, it.context());
    }

    private static String unexplained() {
        return "";
    }

    /** An explanation that may fail as its question did not. */
    private interface Explaining {
        Explanation explain() throws PolicyException;
    }

    private static Supplier<String> said(Explaining it) {
        return () -> {
            try {
                return ExplanationText.render(it.explain());
            } catch (PolicyException e) {
                return String.valueOf(e.getMessage());
            }
        };
    }

    private static CaseResult ruled(Ruling ruling, Explaining why) {
        return new CaseResult(
                List.of(ruling.allowed() ? "allow" : "deny"),
                ruling.because(),
                List.of(),
                new Known(List.of("allow", "deny", "error"), Form.NOTHING),
                said(why));
    }

    private static CaseResult access(SandboxPolicy sandbox, Path path) {
        Optional<PathGrant> grant = sandbox.deciding(path);
        return new CaseResult(
                List.of(grant.map(it -> word(it.access())).orElse("absent")),
                grant.map(PathGrant::reason).stream().toList(),
                List.of(),
                new Known(ACCESSES, Form.NOTHING),
                () ->
                        grant.map(it ->
                                        "%s is %s, from %s"
                                                .formatted(
                                                        it.path(),
                                                        word(it.access()),
                                                        from(it.reason())))
                                .orElse("no rule names " + path + " or a folder above it"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String from(Reason reason) {
        return "\"%s\" (%s)".formatted(reason.rule(), reason.origin());
    }

    private static CaseResult variable(SandboxPolicy sandbox, String name) {
        String value = sandbox.setVariables().get(name);
        return new CaseResult(
                List.of(value != null ? "set " + value : sandbox.passes(name) ? "pass" : "absent"),
                sandbox.having(name).because(),
                List.of(),
                new Known(List.of("pass", "absent", "error"), Form.SETTING),
                CaseRun::unexplained);
    }

    private static CaseResult limit(Limits limits, String name) {
        Resource resource =
                Resource.named(name)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no limit '%s'; limits: %s"
                                                .formatted(
                                                        name,
                                                        String.join(", ", Resource.words()))));
        Form form =
                switch (resource) {
                    case MEMORY, FILE_SIZE, DISK -> Form.SIZE;
                    case PROCESSES, OPEN_FILES, FILES -> Form.NUMBER;
                    case CPU -> Form.SHARE;
                    case TIME -> Form.DURATION;
                    case IO, BANDWIDTH -> Form.RATE;
                };
        @Nullable Limit limit = limits.of(resource);
        return new CaseResult(
                List.of(limit == null ? "none" : Long.toString(limit.amount())),
                limit == null ? List.of() : List.of(limit.reason()),
                List.of(),
                new Known(List.of("none", "error"), form),
                () ->
                        limit == null
                                ? "no rule limits " + name
                                : "%s is %s, from %s"
                                        .formatted(
                                                name,
                                                AmountText.of(resource, limit.amount()),
                                                from(limit.reason())));
    }

    private static <T> T all(Optional<T> subjects, Question question) {
        return subjects.orElseThrow(() ->
                new IllegalArgumentException(
                        "'%s' is asked about %s together"
                                .formatted(
                                        question.words(),
                                        Stream.concat(
                                                        question.subjects().stream(),
                                                        question.beside().stream())
                                                .map(FactType::name)
                                                .collect(Collectors.joining(" and ")))));
    }

    private CaseResult chosen(Optional<StrategyChoice> choice) {
        var words = new ArrayList<String>(List.of("none", "conflict", "error"));
        words.addAll(policy.strategies());
        var known = new Known(words, Form.NOTHING);
        return switch (choice.orElse(null)) {
            case StrategyChoice.Chosen(String name, Optional<Reason> reason, _) ->
                    new CaseResult(
                            List.of(name),
                            reason.stream().toList(),
                            List.of(),
                            known,
                            CaseRun::unexplained);
            case StrategyChoice.Conflict(var rules) ->
                    new CaseResult(
                            List.of("conflict"),
                            rules.stream().map(StrategyChoice.Named::reason).toList(),
                            List.of(),
                            known,
                            CaseRun::unexplained);
            case null ->
                    new CaseResult(
                            List.of("none"), List.of(), List.of(), known, CaseRun::unexplained);
        };
    }

    private static CaseResult priced(Price price) {
        var known = new Known(List.of("none", "deny", "error"), Form.NUMBER);
        return switch (price) {
            case Price.Named(int points, List<Price.Part> parts) ->
                    new CaseResult(
                            List.of(Integer.toString(points)),
                            parts.stream().map(Price.Part::reason).toList(),
                            List.of(),
                            known,
                            CaseRun::unexplained);
            case Price.Forbidden(List<Reason> by, String _) ->
                    new CaseResult(List.of("deny"), by, List.of(), known, CaseRun::unexplained);
            case Price.Unsaid _ ->
                    new CaseResult(
                            List.of("none"), List.of(), List.of(), known, CaseRun::unexplained);
        };
    }

    private CaseResult judged(Judged subject, TestCase it) {
        Judgement judgement = policy.judge(subject, it.context());
        var beside = new ArrayList<Reason>(judgement.warnings());
        judgement.preferences().stream().map(Preference::reason).forEach(beside::add);
        if (judgement.bandwidth() != null) {
            beside.add(judgement.bandwidth().reason());
        }
        return new CaseResult(
                List.of(verdict(judgement)),
                judgement.points(),
                judgement.deciding(),
                beside,
                new Known(subject instanceof Violation ? CONSEQUENCES : VERDICTS, Form.NOTHING),
                said(() -> why(it).of(subject)));
    }

    /** A rule that is broken off denies, which is not what a case means by it. */
    private static String verdict(Judgement judgement) {
        if (judgement.failure() != null) {
            return "error";
        }
        if (judgement.allowed() && !judgement.warnings().isEmpty()) {
            return "warn";
        }
        return switch (judgement.outcome()) {
            case ALLOWED -> "allow";
            case HELD -> "hold";
            case DENIED -> "deny";
            case RECORDED -> "record";
            case FROZEN -> "freeze";
            case STOPPED -> "stop";
        };
    }
}
