package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.SyscallGroup;
import dev.blast.rules.vocabulary.SyscallNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is explained about a system call is what the filter does with it, whatever rules say. */
class SyscallLawTest {
    private static final List<Syscall> CALLS = List.of(Syscall.values());
    private static final List<String> GROUPS =
            Stream.concat(
                            Stream.of("@default"),
                            Arrays.stream(SyscallGroup.values()).map(SyscallGroup::policyName))
                    .toList();

    /** Numbers that mean something to one of the calls whose arguments are looked at. */
    private static final long[][] WORDS = {
        {0, 1, 2, 10, 16, 40, -1, 0x10000011L, 0x100000002L},
        {0, 1, 2, 8, 0101, 0x5412, 0x4B49, 04755},
        {0, 1, 17, 132, 0101, 06755},
        {0, 0644, 02755},
    };

    private static final Set<String> LOOKED_AT = Set.of("socket", "socketpair", "openat", "clone");

    @Test
    void whatIsExplainedIsWhatTheFilterDoes() {
        for (long seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            String text = anyRules(random);
            Policy policy = policy(text);
            var isolation =
                    random.nextInt(3) > 0
                            ? new Isolation(
                                    true, true, random.nextBoolean(), true, random.nextBoolean())
                            : new Isolation(
                                    random.nextBoolean(),
                                    false,
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    false);
            BpfProgram filter = filter(policy, isolation);
            for (Syscall call : Syscall.values()) {
                if (call.number(Processor.X86_64) >= 0) {
                    holds(call, policy, isolation, filter, random, "seed %d, %s\n%s", seed, text);
                }
            }
            for (int i = 0; i < 6; i++) {
                Syscall call =
                        i < 2 ? List.of(Syscall.socket, Syscall.read).get(i) : anyCall(random);
                Explanation explained = explained(policy, call, isolation);
                assertThat(explained.judgement().allowed())
                        .as("seed %d: %s is explained as %s%n%s", seed, call, explained, text)
                        .isEqualTo(letsThrough(filter, call));
            }
        }
    }

    private static void holds(
            Syscall call,
            Policy policy,
            Isolation isolation,
            BpfProgram filter,
            Random random,
            String where,
            long seed,
            String text) {
        SyscallDecision decision = decision(policy, call, isolation);
        String as = where.formatted(seed, call, text);
        for (long[] arguments : arguments(call, random)) {
            assertThat(BpfInterpreter.verdict(filter, X86, number(call), arguments))
                    .as("%s with %s, %s", as, Arrays.toString(arguments), decision)
                    .isEqualTo(verdict(decision.answer().to(arguments)));
        }
        for (Reason reason : decision.because()) {
            if (reason.origin().line() > 0) {
                assertThat(says(reason, call, text, decision.ruling().allowed())).as(as).isTrue();
            }
        }
        assertThat(decision.because().isEmpty() && decision.ruling().allowed()).as(as).isFalse();
    }

    /** Whether the rule opens the call, or denies it, by itself or with its group. */
    private static boolean says(Reason reason, Syscall call, String text, boolean open) {
        String rule = text.substring(text.indexOf("rule \"" + reason.rule() + "\""));
        String verb = open ? "allowSyscalls(" : "denySyscalls(";
        return rule.lines()
                .takeWhile(line -> !line.equals("end"))
                .filter(line -> line.strip().startsWith(verb))
                .flatMap(line -> Arrays.stream(line.split("\"", -1)))
                .anyMatch(name ->
                        name.equals(call.name())
                                || SyscallGroup.named(name).stream()
                                        .flatMap(Set::stream)
                                        .anyMatch(group -> group.calls().contains(call.name())));
    }

    private static final int X86 = Processor.X86_64.auditArchitecture();

    private static int number(Syscall call) {
        return call.number(Processor.X86_64);
    }

    private static boolean letsThrough(BpfProgram filter, Syscall call) {
        return all().anyMatch(arguments ->
                List.of(SeccompFilter.ALLOW, SeccompFilter.USER_NOTIFICATION)
                        .contains(BpfInterpreter.verdict(filter, X86, number(call), arguments)));
    }

    private static List<long[]> arguments(Syscall call, Random random) {
        if (LOOKED_AT.contains(call.name())) {
            return all().toList();
        }
        List<long[]> some = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            some.add(
                    Arrays.stream(WORDS)
                            .mapToLong(words -> words[random.nextInt(words.length)])
                            .toArray());
        }
        return some;
    }

    private static Stream<long[]> all() {
        Stream<long[]> all = Stream.of(new long[0]);
        for (long[] words : WORDS) {
            all =
                    all.flatMap(before ->
                            Arrays.stream(words)
                                    .mapToObj(word -> {
                                        long[] longer = Arrays.copyOf(before, before.length + 1);
                                        longer[before.length] = word;
                                        return longer;
                                    }));
        }
        return all;
    }

    private static String anyRules(Random random) {
        var text = new StringBuilder("package law\n");
        int rules = random.nextInt(4);
        for (int i = 0; i < rules; i++) {
            text.append("rule \"r%d\"\nwhen\n    Session( )\nthen\n".formatted(i));
            text.append(statement(random.nextInt(3) > 0 ? "allow" : "deny", random));
            if (random.nextBoolean()) {
                text.append(statement(random.nextBoolean() ? "allow" : "deny", random));
            }
            text.append("end\n");
        }
        return text.toString();
    }

    private static String statement(String verb, Random random) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            names.add("\"" + anyName(random) + "\"");
        }
        return "    %sSyscalls( %s );\n".formatted(verb, String.join(", ", names));
    }

    private static String anyName(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "@default";
            case 1 -> List.of("@sockets", "@internet", "@netlink").get(random.nextInt(3));
            case 2 -> List.of("socket", "socketpair", "read", "clone").get(random.nextInt(4));
            case 3, 4 -> anyCall(random).name();
            default -> GROUPS.get(random.nextInt(GROUPS.size()));
        };
    }

    private static Syscall anyCall(Random random) {
        return CALLS.get(random.nextInt(CALLS.size()));
    }

    private static Policy policy(String text) {
        var file = new PolicyFile(Layer.USER, "law.drl", text + "// a rule or none\n", true);
        return ((Loading.Loaded) Policy.load(List.of(file))).policy();
    }

    private static BpfProgram filter(Policy policy, Isolation isolation) {
        return SeccompFilter.compile(rights(policy), isolation, Processor.X86_64);
    }

    private static SyscallDecision decision(Policy policy, Syscall call, Isolation isolation) {
        return SyscallDecision.of(call, rights(policy), isolation);
    }

    private static SyscallRights rights(Policy policy) {
        try {
            return policy.sandbox(RuledKeeper.SOMEBODY).syscalls();
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static Explanation explained(Policy policy, Syscall call, Isolation isolation) {
        try {
            return new Explanations(policy, RuledKeeper.SOMEBODY)
                    .ofSyscall(
                            call.name(),
                            sandbox ->
                                    SyscallDecision.of(call, sandbox.syscalls(), isolation)
                                            .ruling());
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static int verdict(SyscallAnswer answer) {
        return switch (answer) {
            case SyscallAnswer.Allowed _ -> SeccompFilter.ALLOW;
            case SyscallAnswer.Refused(Errno errno) -> 0x00050000 | errno.number();
            case SyscallAnswer.AtTheGate _ -> SeccompFilter.USER_NOTIFICATION;
            case SyscallAnswer.ByArguments _ -> throw new AssertionError(answer);
        };
    }

    /** The rules know exactly the system calls that the sandbox enforces, in the same order. */
    @Test
    void theTwoListsOfSystemCallsAgree() {
        assertThat(SyscallNames.CALLS)
                .isEqualTo(Arrays.stream(Syscall.values()).map(Enum::name).toList());
    }

    @Test
    void groupsHoldSystemCalls() {
        for (SyscallGroup group : SyscallGroup.values()) {
            assertThat(SyscallNames.CALLS).as(group.policyName()).containsAll(group.calls());
        }
    }
}
