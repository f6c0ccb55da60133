package dev.blast.rules.explain;

import dev.blast.rules.explain.ProvisionExplainer.Found;
import dev.blast.rules.explain.ProvisionExplainer.Inquest;
import dev.blast.rules.explain.ProvisionExplainer.Statement;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Answer.Grant;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Answer.Syscall;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Glob;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.SyscallGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be asked of a session, each with what rules say about it. */
final class SessionInquests {
    private SessionInquests() {}

    static Inquest path(PathAsked asked, Access wanted, Session session) {
        boolean write = wanted == Access.WRITABLE;
        Path path = asked.leadsTo();
        var ways = new ArrayList<List<Statement>>();
        for (List<PathAsked.Naming> alike : asked.ways()) {
            ways.add(alike.stream().flatMap(it -> naming(it, write, session).stream()).toList());
        }
        return new Inquest(
                (write ? "write " : "read ") + Quoted.plain(asked.path().toString()),
                Aspect.PATHS,
                named(path),
                answer ->
                        answer instanceof Grant grant
                                && path.startsWith(grant.path())
                                && (grant.access() == Access.WRITABLE || grant.access() == wanted),
                ruled(asked.enforced()),
                ways,
                asked.obstacle());
    }

    /** As a rule writes it; nobody is told to open everything. */
    private static Optional<String> named(Path path, Session session) {
        return path.getNameCount() == 0
                ? Optional.empty()
                : Quoted.literal(PathText.of(path, session).toString());
    }

    private static Predicate<Answer> named(Path path) {
        return answer -> answer instanceof Grant grant && path.startsWith(grant.path());
    }

    private static Optional<Statement> naming(
            PathAsked.Naming naming, boolean write, Session session) {
        return named(naming.path(), session)
                .map(path ->
                        new Statement(
                                naming.toMake() == null
                                        ? List.of()
                                        : List.of(new Explanation.Change.MakeFile(naming.toMake())),
                                "filesystem",
                                "%s( %s );".formatted(write ? "writable" : "readable", path),
                                ruled(naming.enforced())));
    }

    private static Function<SandboxPolicy, Found> ruled(Function<SandboxPolicy, Ruling> enforced) {
        return sandbox -> {
            Ruling ruling = enforced.apply(sandbox);
            return new Found(
                    ruling.allowed() ? "ALLOWED" : "DENIED",
                    ruling.allowed(),
                    ruling.allowed(),
                    ruling.because());
        };
    }

    /** May it be called, or all of a group? */
    static Inquest syscall(String name, Function<SandboxPolicy, Ruling> enforced) {
        Set<String> calls = calls(name);
        Predicate<Answer> about =
                answer ->
                        answer instanceof Syscall(String named, boolean _)
                                && !Collections.disjoint(calls(named), calls);
        return new Inquest(
                "syscall " + Quoted.plain(name),
                Aspect.SYSCALLS,
                about,
                answer -> about.test(answer) && ((Syscall) answer).allowed(),
                ruled(enforced),
                statements("syscalls", name, "allowSyscalls( %s );", ruled(enforced)),
                null);
    }

    private static Set<String> calls(String name) {
        return SyscallGroup.named(name)
                .map(groups ->
                        groups.stream()
                                .flatMap(group -> group.calls().stream())
                                .collect(Collectors.toSet()))
                .orElse(Set.of(name));
    }

    private static List<List<Statement>> statements(
            String file, String value, String form, Function<SandboxPolicy, Found> ask) {
        return Quoted.literal(value)
                .map(it ->
                        List.of(List.of(new Statement(List.of(), file, form.formatted(it), ask))))
                .orElse(List.of());
    }

    /** How does a path stand? */
    static Inquest access(Path path, Session session) {
        Function<SandboxPolicy, Found> ask =
                sandbox -> {
                    Optional<PathGrant> grant = sandbox.deciding(path);
                    boolean there = grant.filter(it -> it.access() != Access.HIDDEN).isPresent();
                    return new Found(
                            grant.map(it -> it.access().name()).orElse("ABSENT"),
                            there,
                            there,
                            grant.map(PathGrant::reason).stream().toList());
                };
        return new Inquest(
                "access " + Quoted.plain(path.toString()),
                Aspect.PATHS,
                named(path),
                named(path).and(it -> ((Grant) it).access() != Access.HIDDEN),
                ask,
                named(path, session)
                        .map(it ->
                                List.of(
                                        List.of(
                                                new Statement(
                                                        List.of(),
                                                        "filesystem",
                                                        "readable( %s );".formatted(it),
                                                        ask))))
                        .orElse(List.of()),
                null);
    }

    /** Is a variable there inside? */
    static Inquest variable(String name) {
        Function<SandboxPolicy, Found> ask =
                sandbox -> {
                    Ruling ruling = sandbox.having(name);
                    @Nullable String value = sandbox.setVariables().get(name);
                    String verdict =
                            value != null
                                    ? "SET to " + Quoted.of(value)
                                    : ruling.allowed() ? "PASSED" : "ABSENT";
                    return new Found(verdict, ruling.allowed(), ruling.allowed(), ruling.because());
                };
        Predicate<Answer> about =
                answer ->
                        switch (answer) {
                            case Answer.Pass(String pattern) ->
                                    Glob.of(pattern, Glob.FLAT).matches(name);
                            case Answer.Set(String variable, String _) -> variable.equals(name);
                            default -> false;
                        };
        return new Inquest(
                "variable " + Quoted.plain(name),
                Aspect.VARIABLES,
                about,
                about,
                ask,
                statements("variables", name, "passVariable( %s );", ask),
                null);
    }

    /**
     * How much may it use? What would turn the answer is what lets it use more.
     *
     * @param now the limit in force; null where there is none
     */
    static Inquest limit(Resource resource, @Nullable Limit now) {
        Function<SandboxPolicy, Found> ask =
                sandbox -> {
                    @Nullable Limit limit = sandbox.limits().of(resource);
                    boolean more = limit == null || (now != null && limit.amount() > now.amount());
                    return new Found(
                            limit == null
                                    ? "NO LIMIT"
                                    : "AT MOST " + AmountText.of(resource, limit.amount()),
                            more,
                            true,
                            limit == null ? List.of() : List.of(limit.reason()));
                };
        Predicate<Answer> about =
                answer ->
                        answer instanceof Answer.Restrict(Resource named, long _)
                                && named == resource;
        var twice = new ArrayList<List<Statement>>();
        if (now != null) {
            twice.add(
                    List.of(
                            new Statement(
                                    List.of(),
                                    "resources",
                                    "%s( %s );"
                                            .formatted(
                                                    AmountText.verb(resource),
                                                    AmountText.literal(resource, 2 * now.amount())),
                                    ask)));
        }
        return new Inquest(
                "limit " + resource.word(), Aspect.LIMITS, about, _ -> false, ask, twice, null);
    }
}
