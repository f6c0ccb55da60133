package dev.blast.rules.verdict;

import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Weighs the answers about a session into what it may see and use. */
public final class Provisions {
    private final Map<Path, PathGrant> paths = new TreeMap<>();
    private final Map<Resource, List<Answered>> limits = new EnumMap<>(Resource.class);
    private final List<SyscallGrant> syscalls = new ArrayList<>();
    private final Map<String, Reason> passed = new TreeMap<>();
    private final Map<String, Answered> set = new TreeMap<>();

    private Provisions() {}

    public static SandboxPolicy weigh(List<Answered> answers) throws PolicyException {
        Tally tally = Tally.of(answers);
        var provisions = new Provisions();
        for (Answered answered : tally.counted()) {
            provisions.add(answered);
        }
        return provisions.policy(tally);
    }

    private void add(Answered answered) throws PolicyException {
        if (!(answered.answer() instanceof Answer.Provision provision)) {
            throw new IllegalStateException(answered.verb().name() + " provides nothing");
        }
        switch (provision) {
            case Answer.Grant grant -> grant(answered, grant);
            case Answer.Restrict(Resource resource, long _) ->
                    limits.computeIfAbsent(resource, _ -> new ArrayList<>()).add(answered);
            case Answer.Syscall(String name, boolean open) ->
                    syscalls.add(new SyscallGrant(name, open, answered.reason()));
            case Answer.Pass(String variable) -> passed.putIfAbsent(variable, answered.reason());
            case Answer.Set(String variable, String value) -> set(answered, variable, value);
        }
    }

    /**
     * On one path the earlier constant of {@link Access} wins; of two temporary folders the
     * smaller.
     */
    private void grant(Answered answered, Answer.Grant grant) {
        OptionalLong size =
                grant.sizeBytes() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(grant.sizeBytes());
        paths.merge(
                grant.path(),
                new PathGrant(grant.path(), grant.access(), size, answered.reason()),
                (before, after) ->
                        Comparator.comparing(PathGrant::access)
                                                .thenComparingLong(it -> it.sizeBytes().orElse(0))
                                                .compare(before, after)
                                        <= 0
                                ? before
                                : after);
    }

    /**
     * The outermost layer that sets a variable has the last word; inside one layer two values are a
     * contradiction.
     */
    private void set(Answered answered, String variable, String value) throws PolicyException {
        Answered before = set.putIfAbsent(variable, answered);
        if (before != null
                && before.layer() == answered.layer()
                && before.answer() instanceof Answer.Set(String _, String earlier)
                && !earlier.equals(value)) {
            throw new PolicyException(
                    "two rules set %s: \"%s\" (%s) and \"%s\" (%s)"
                            .formatted(
                                    variable,
                                    before.rule().name(),
                                    before.rule().origin(),
                                    answered.rule().name(),
                                    answered.rule().origin()));
        }
    }

    private SandboxPolicy policy(Tally tally) {
        Map<String, String> values = new TreeMap<>();
        Map<String, Reason> setBy = new TreeMap<>();
        set.forEach((variable, answered) -> {
            if (answered.answer() instanceof Answer.Set(String _, String value)) {
                values.put(variable, value);
                setBy.put(variable, answered.reason());
            }
        });
        return new SandboxPolicy(
                List.copyOf(paths.values()),
                limits(),
                passed,
                values,
                setBy,
                new SyscallRights(syscalls),
                Tally.reasons(tally.closedOut()),
                Tally.reasons(tally.untrusted()));
    }

    private Limits limits() {
        return Limits.of(this::limit);
    }

    /**
     * The smallest wins. What is shipped is a default: it stands aside where a file that the user
     * stands behind names the limit itself; one that is not trusted can only make it smaller.
     */
    private @Nullable Limit limit(Resource resource) {
        List<Answered> all = limits.getOrDefault(resource, List.of());
        boolean named = all.stream().anyMatch(it -> it.isTrusted() && it.layer() != Layer.SHIPPED);
        @Nullable Limit smallest = null;
        for (Answered answered : all) {
            boolean stands = answered.layer() != Layer.SHIPPED || !named;
            if (stands
                    && answered.answer() instanceof Answer.Restrict(Resource _, long amount)
                    && (smallest == null || amount < smallest.amount())) {
                smallest = new Limit(amount, answered.reason());
            }
        }
        return smallest;
    }
}
