package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Tally;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Answer.Grant;
import dev.blast.rules.vocabulary.Answer.Syscall;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers about one path or one system call of a session, together with why and with what would
 * turn it.
 */
final class ProvisionExplainer {
    private final Policy policy;
    private final Context context;

    ProvisionExplainer(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
    }

    /** May the file that is there now be read, or may something be written there? */
    Explanation path(Path path, Access wanted) throws PolicyException {
        boolean write = wanted == Access.WRITABLE;
        Predicate<Answer> about =
                answer ->
                        answer instanceof Grant grant
                                && path.startsWith(grant.path())
                                && (grant.access() == Access.WRITABLE || grant.access() == wanted);
        String verb = write ? "writable" : "readable";
        return explain(
                (write ? "write " : "read ") + Quoted.plain(path.toString()),
                new Ask() {
                    @Override
                    public Verdict of(Policy policy) throws PolicyException {
                        SandboxPolicy sandbox = policy.sandbox(context);
                        return new Verdict(
                                write ? sandbox.writable(path) : sandbox.readable(path),
                                sandbox.deciding(path).map(PathGrant::reason),
                                sandbox.untrusted());
                    }
                },
                about,
                "filesystem",
                Quoted.literal(path.toString()).map(it -> "%s( %s );".formatted(verb, it)));
    }

    /**
     * @param groups the groups that hold the call, with their {@code @}
     */
    Explanation syscall(String name, Set<String> groups) throws PolicyException {
        Predicate<Answer> about =
                answer ->
                        answer instanceof Syscall(String named, boolean open)
                                && open
                                && (named.equals(name) || groups.contains(named));
        return explain(
                "syscall " + Quoted.plain(name),
                policy -> {
                    SandboxPolicy sandbox = policy.sandbox(context);
                    boolean denied = named(sandbox.deniedSyscalls(), name, groups);
                    boolean allowed = named(sandbox.allowedSyscalls(), name, groups) && !denied;
                    return new Verdict(
                            allowed,
                            decidingSyscall(policy, name, groups, denied),
                            sandbox.untrusted());
                },
                about,
                "syscalls",
                Quoted.literal(name).map("allowSyscalls( %s );"::formatted));
    }

    private static boolean named(Set<String> names, String name, Set<String> groups) {
        return names.contains(name) || groups.stream().anyMatch(names::contains);
    }

    private Optional<Reason> decidingSyscall(
            Policy policy, String name, Set<String> groups, boolean denied) {
        return Tally.of(policy.ask(Question.SESSION, context)).counted().stream()
                .filter(it ->
                        it.answer() instanceof Syscall(String named, boolean open)
                                && open != denied
                                && (named.equals(name) || groups.contains(named)))
                .map(Answered::reason)
                .findFirst();
    }

    private interface Ask {
        Verdict of(Policy policy) throws PolicyException;
    }

    private record Verdict(boolean allowed, Optional<Reason> deciding, List<Reason> untrusted) {}

    private Explanation explain(
            String asked, Ask ask, Predicate<Answer> about, String file, Optional<String> statement)
            throws PolicyException {
        Verdict verdict = ask.of(policy);
        List<Answered> answers = policy.ask(Question.SESSION, context);
        List<Reason> deciding = verdict.deciding().stream().toList();
        List<Answered> decidingAnswers =
                answers.stream().filter(it -> deciding.contains(it.reason())).limit(1).toList();
        List<Reason> untrusted =
                answers.stream()
                        .filter(it -> !it.counts() && about.test(it.answer()))
                        .map(Answered::reason)
                        .distinct()
                        .toList();
        var judgement =
                new Judgement(
                        verdict.allowed() ? Outcome.ALLOWED : Outcome.DENIED,
                        deciding,
                        List.of(),
                        List.of(),
                        untrusted,
                        List.of(),
                        null,
                        null);
        List<Trial> near = verdict.allowed() ? List.of() : nearMisses(about);
        var changes = new Changes<>(policy, judgement.outcome(), it -> outcome(ask, it));
        if (!verdict.allowed()) {
            changes.trust(untrusted);
            statement.ifPresent(it -> changes.addRule(file, Changes.rule(asked, "Session( )", it)));
            changes.withoutRules(decidingAnswers);
        }
        return new Explanation(
                asked,
                policy.revision(),
                judgement,
                because(decidingAnswers, deciding),
                Explainer.shown(near),
                changes.narrowest());
    }

    /** Where no rule has decided but Blast itself, that stands alone. */
    private static List<Explanation.Because> because(
            List<Answered> answers, List<Reason> deciding) {
        return answers.isEmpty()
                ? deciding.stream().map(it -> new Explanation.Because(it, Map.of())).toList()
                : Explainer.because(answers);
    }

    private static Outcome outcome(Ask ask, Policy policy) {
        try {
            return ask.of(policy).allowed() ? Outcome.ALLOWED : Outcome.DENIED;
        } catch (PolicyException _) {
            return Outcome.DENIED;
        }
    }

    /** Rules that would open it and fail in one place. */
    private List<Trial> nearMisses(Predicate<Answer> about) {
        List<Trial> near = new ArrayList<>();
        for (Trial trial : Explainer.nearMisses(policy, context, Question.SESSION, List.of())) {
            boolean relevant =
                    trial.branch().actions().stream()
                            .flatMap(action -> answers(action, trial.frame()).stream())
                            .anyMatch(about);
            if (relevant) {
                near.add(trial);
            }
        }
        return near;
    }

    /** What an action would say; nothing where a value of it is not known. */
    private static List<Answer> answers(Rule.Action action, Frame frame) {
        List<Object> arguments = new ArrayList<>();
        for (Value value : action.arguments()) {
            Object argument = value.in(frame);
            if (argument == null) {
                return List.of();
            }
            arguments.add(argument);
        }
        return action.verb().answers().apply(arguments);
    }
}
