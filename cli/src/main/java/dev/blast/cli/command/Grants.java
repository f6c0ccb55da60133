package dev.blast.cli.command;

import dev.blast.cli.report.GrantsReport.Grant;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox policy as a list that a person reads from top to bottom: what it writes, reads, may use
 * up, call and know.
 */
final class Grants {
    private final Workspace workspace;
    private final List<Grant> grants = new ArrayList<>();

    private Grants(Workspace workspace) {
        this.workspace = workspace;
    }

    static List<Grant> of(SandboxPolicy policy, Workspace workspace) {
        var list = new Grants(workspace);
        list.paths(policy, Access.WRITABLE, "writes");
        list.paths(policy, Access.READABLE, "reads");
        list.paths(policy, Access.TEMPORARY, "temporary");
        list.paths(policy, Access.HIDDEN, "hidden");
        list.limits(policy.limits());
        list.calls(policy.syscalls(), true, "calls");
        list.calls(policy.syscalls(), false, "never calls");
        policy.passVariables().forEach((name, reason) -> list.add("variables", name, reason));
        policy.setVariables()
                .forEach((name, value) ->
                        list.add("sets", name + "=" + value, policy.setBy().get(name)));
        return list.grants;
    }

    /** What one rule says of one kind stands together. */
    private void add(String kind, String what, @Nullable Reason reason) {
        for (int at = 0; at < grants.size(); at++) {
            Grant grant = grants.get(at);
            if (grant.kind().equals(kind) && Objects.equals(grant.reason(), reason)) {
                grants.set(
                        at,
                        new Grant(
                                kind,
                                Stream.concat(grant.what().stream(), Stream.of(what)).toList(),
                                reason));
                return;
            }
        }
        grants.add(new Grant(kind, List.of(what), reason));
    }

    private void paths(SandboxPolicy policy, Access access, String kind) {
        for (PathGrant grant : policy.paths()) {
            if (grant.access() == access) {
                String size =
                        grant.sizeBytes().isPresent()
                                ? " (" + Figures.memory(grant.sizeBytes().getAsLong()) + ")"
                                : "";
                add(kind, workspace.shown(grant.path()) + size, grant.reason());
            }
        }
    }

    private void limits(Limits limits) {
        limit("memory", limits.memoryBytes(), Figures::memory);
        limit("processes", limits.processes(), Figures::count);
        limit("open files", limits.openFiles(), Figures::count);
        limit("file size", limits.fileSizeBytes(), Figures::memory);
        limit("disk", limits.diskBytes(), Figures::memory);
        limit("files", limits.files(), Figures::count);
        limit("processors", limits.cpuMillis(), millis -> Double.toString(millis / 1000.0));
        limit(
                "time",
                limits.timeSeconds(),
                seconds -> Figures.duration(Duration.ofSeconds(seconds)));
        limit("disk traffic", limits.ioBytesPerSecond(), bytes -> Figures.memory(bytes) + "/s");
        limit(
                "connections",
                limits.bandwidthBytesPerSecond(),
                bytes -> Figures.memory(bytes) + "/s together");
    }

    private void limit(String kind, @Nullable Limit limit, LongFunction<String> words) {
        if (limit != null) {
            add(kind, "at most " + words.apply(limit.amount()), limit.reason());
        }
    }

    /** By name; what is denied is not opened, whoever opens it. */
    private void calls(SyscallRights rights, boolean open, String kind) {
        Set<String> names = open ? rights.opened() : rights.closed();
        rights.grants().stream()
                .filter(grant -> grant.open() == open && names.contains(grant.name()))
                .sorted(Comparator.comparing(SyscallGrant::name))
                .forEach(grant -> add(kind, grant.name(), grant.reason()));
    }
}
