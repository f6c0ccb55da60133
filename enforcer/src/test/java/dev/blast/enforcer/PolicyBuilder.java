package dev.blast.enforcer;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sandbox policies for tests, as rules would have made them: one grant for each path, in the order
 * of paths.
 */
public final class PolicyBuilder {
    public static final Reason REASON =
            new Reason(new Origin("test.drl", 1, 1), "a test rule", Layer.SHIPPED, "", "");

    private final Map<Path, PathGrant> paths = new TreeMap<>();
    private final Map<String, Long> limits = new HashMap<>();
    private final Map<String, Reason> passed = new TreeMap<>();
    private final Map<String, String> set = new TreeMap<>();
    private final List<SyscallGrant> syscalls = new ArrayList<>();

    /** What a program needs to run at all on this machine. */
    public static PolicyBuilder system() {
        return new PolicyBuilder()
                .grant(
                        Access.READABLE,
                        "/usr",
                        "/bin",
                        "/lib",
                        "/lib64",
                        "/etc/alternatives",
                        "/etc/ld.so.cache")
                .set("PATH", "/usr/bin:/bin");
    }

    public PolicyBuilder grant(Access access, String... granted) {
        for (String path : granted) {
            paths.put(
                    Path.of(path),
                    new PathGrant(Path.of(path), access, OptionalLong.empty(), REASON));
        }
        return this;
    }

    public PolicyBuilder grant(Path path, Access access) {
        paths.put(path, new PathGrant(path, access, OptionalLong.empty(), REASON));
        return this;
    }

    public PolicyBuilder temporary(String path, long sizeBytes) {
        paths.put(
                Path.of(path),
                new PathGrant(Path.of(path), Access.TEMPORARY, OptionalLong.of(sizeBytes), REASON));
        return this;
    }

    public PolicyBuilder limit(String name, long amount) {
        limits.put(name, amount);
        return this;
    }

    PolicyBuilder pass(String... names) {
        List.of(names).forEach(name -> passed.put(name, REASON));
        return this;
    }

    public PolicyBuilder set(String name, String value) {
        set.put(name, value);
        return this;
    }

    public PolicyBuilder allow(String... names) {
        return syscalls(true, names);
    }

    PolicyBuilder deny(String... names) {
        return syscalls(false, names);
    }

    private PolicyBuilder syscalls(boolean open, String... names) {
        for (String name : names) {
            syscalls.add(new SyscallGrant(name, open, REASON));
        }
        return this;
    }

    public SandboxPolicy build() {
        Limits all =
                new Limits(
                        amount("memory"),
                        amount("processes"),
                        amount("openFiles"),
                        amount("fileSize"),
                        amount("disk"),
                        amount("files"),
                        amount("cpu"),
                        amount("time"),
                        amount("io"),
                        amount("bandwidth"));
        return new SandboxPolicy(
                List.copyOf(paths.values()),
                all,
                passed,
                set,
                Map.of(),
                new SyscallRights(syscalls),
                List.of(),
                List.of());
    }

    private @Nullable Limit amount(String name) {
        Long amount = limits.get(name);
        return amount == null ? null : new Limit(amount, REASON);
    }
}
