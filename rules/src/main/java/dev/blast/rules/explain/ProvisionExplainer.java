package dev.blast.rules.explain;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.question.Questions;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Answer.Grant;
import dev.blast.rules.vocabulary.Answer.Syscall;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.SyscallGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Explains what is ruled about one path or one system call of a session: by which rules, which
 * others would have opened it, and what would turn it.
 *
 * @param ask rules on the question from what rules provide
 */
record ProvisionExplainer(Policy policy, Context context, Function<SandboxPolicy, Ruling> ask) {

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
                about,
                "filesystem",
                Quoted.literal(path.toString()).map(it -> "%s( %s );".formatted(verb, it)));
    }

    /** May it be called, or all of a group? */
    Explanation syscall(String name) throws PolicyException {
        Set<String> calls = calls(name);
        Predicate<Answer> about =
                answer ->
                        answer instanceof Syscall(String named, boolean open)
                                && open
                                && !Collections.disjoint(calls(named), calls);
        return explain(
                "syscall " + Quoted.plain(name),
                about,
                "syscalls",
                Quoted.literal(name).map("allowSyscalls( %s );"::formatted));
    }

    private static Set<String> calls(String name) {
        return SyscallGroup.named(name)
                .map(groups ->
                        groups.stream()
                                .flatMap(group -> group.calls().stream())
                                .collect(Collectors.toSet()))
                .orElse(Set.of(name));
    }

    private Explanation explain(
            String asked, Predicate<Answer> about, String file, Optional<String> statement)
            throws PolicyException {
        List<Answered> answers = policy.answers(Questions.SESSION, context, List.of());
        Ruling ruling = ask.apply(context.inForce(Questions.SESSION.weigh(answers)));
        List<Reason> deciding = ruling.because();
        List<Answered> decidingAnswers = firstOfEach(deciding, answers);
        List<Reason> untrusted =
                answers.stream()
                        .filter(it -> !it.counts() && about.test(it.answer()))
                        .map(Answered::reason)
                        .distinct()
                        .toList();
        var judgement =
                new Judgement(
                        ruling.allowed() ? Outcome.ALLOWED : Outcome.DENIED,
                        deciding,
                        List.of(),
                        List.of(),
                        untrusted,
                        List.of(),
                        null,
                        null);
        List<Trial> near = ruling.allowed() ? List.of() : nearMisses(about);
        var changes = new Changes(policy, judgement.outcome(), this::outcome);
        if (!ruling.allowed()) {
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

    /** A rule that answers more than once has one reason. */
    private static List<Answered> firstOfEach(List<Reason> deciding, List<Answered> answers) {
        return deciding.stream()
                .flatMap(reason ->
                        answers.stream().filter(it -> it.reason().equals(reason)).limit(1))
                .toList();
    }

    private Outcome outcome(Policy changed) {
        try {
            return ask.apply(changed.sandbox(context)).allowed() ? Outcome.ALLOWED : Outcome.DENIED;
        } catch (PolicyException _) {
            return Outcome.DENIED;
        }
    }

    /** Rules that would open it and fail in one place. */
    private List<Trial> nearMisses(Predicate<Answer> about) {
        List<Trial> near = new ArrayList<>();
        for (Trial trial : Explainer.nearMisses(policy, context, Questions.SESSION, List.of())) {
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
