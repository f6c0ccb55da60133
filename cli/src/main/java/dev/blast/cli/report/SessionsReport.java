package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.enforcer.spawn.Glance;
import dev.blast.environment.session.SessionNote;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs in one environment, the oldest number first: what is in force around it, and what it
 * uses of what its rules let it have.
 *
 * @param name the environment's
 */
public record SessionsReport(String name, List<Row> sessions) implements Report {

    /**
     * One session.
     *
     * @param pid of its first process
     * @param when the beginning as people say it
     * @param lasts until now
     * @param frozen whether nothing of it runs until a person says so
     */
    public record Row(
            long pid,
            Instant since,
            String when,
            Duration lasts,
            String command,
            boolean frozen,
            SessionNote note,
            Glance glance) {}

    public SessionsReport {
        sessions = List.copyOf(sessions);
    }

    @Override
    public String text(Palette palette) {
        if (sessions.isEmpty()) {
            return new Page("nothing runs in ").append(name).end().toString();
        }
        var text = new Page("");
        for (Row row : sessions) {
            text.append("pid ")
                    .append(row.pid())
                    .append("  ")
                    .append(row.command())
                    .append("  (since ")
                    .append(row.when())
                    .append(row.note().ladder().isEmpty() ? "" : ", " + row.note().ladder())
                    .append(row.frozen() ? ", frozen: blast kill --resume lets it go on" : "")
                    .append(")")
                    .end();
            lines(row).forEach((what, how) -> text.line("  %-12s%s".formatted(what, how)));
        }
        return text.toString();
    }

    private static Map<String, String> lines(Row row) {
        Glance glance = row.glance();
        Map<Resource, Long> limits = row.note().limits();
        var lines = new LinkedHashMap<String, String>();
        Long memory = glance.memoryBytes();
        if (memory != null) {
            Long peak = glance.memoryPeakBytes();
            lines.put(
                    "memory",
                    Figures.memory(memory)
                            + of(Resource.MEMORY, limits)
                            + (peak == null
                                    ? ""
                                    : ", " + Figures.memory(peak) + " at its highest"));
        }
        Long cpu = glance.cpuMicros();
        if (cpu != null) {
            lines.put(
                    "processors",
                    Figures.duration(Duration.ofNanos(cpu * 1000)) + atMost(Resource.CPU, limits));
        }
        Long processes = glance.processes();
        if (processes != null) {
            lines.put("processes", Figures.count(processes) + of(Resource.PROCESSES, limits));
        }
        Long io = glance.ioBytes();
        if (io != null) {
            lines.put("io", Figures.size(io) + atMost(Resource.IO, limits));
        }
        lines.put("time", Figures.duration(row.lasts()) + of(Resource.TIME, limits));
        lines.put("in force", String.join(", ", named(row, true)));
        lines.put("gone", String.join(", ", named(row, false)));
        lines.values().removeIf(String::isEmpty);
        return lines;
    }

    private static String of(Resource resource, Map<Resource, Long> limits) {
        Long limit = limits.get(resource);
        return limit == null ? "" : " of " + AmountText.of(resource, limit);
    }

    private static String atMost(Resource resource, Map<Resource, Long> limits) {
        Long limit = limits.get(resource);
        return limit == null ? "" : ", limited to " + AmountText.of(resource, limit);
    }

    /** The walls that stand, or those that should and do not. */
    private static List<String> named(Row row, boolean stands) {
        Glance glance = row.glance();
        var names = new ArrayList<String>();
        add(names, "namespaces", glance.namespaces(), SandboxLayer.USER_NAMESPACE, row, stands);
        add(names, "no network", glance.network(), SandboxLayer.NETWORK, row, stands);
        add(names, "seccomp", glance.seccomp(), SandboxLayer.SECCOMP, row, stands);
        add(names, "no new privileges", glance.noNewPrivileges(), null, row, stands);
        add(names, "cgroups", glance.cgroups(), SandboxLayer.CGROUP, row, stands);
        return names;
    }

    /** What is missing by the ladder was accepted when it began. */
    private static void add(
            List<String> names,
            String name,
            @Nullable Boolean inForce,
            @Nullable SandboxLayer layer,
            Row row,
            boolean stands) {
        boolean accepted = layer != null && row.note().ladder().contains(layer.title());
        if (inForce != null && inForce == stands && (stands || !accepted)) {
            names.add(name);
        }
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("sessions", sessions, SessionsReport::json);
    }

    private static JsonObject json(Row row) {
        Glance glance = row.glance();
        Map<Resource, Long> limits = row.note().limits();
        return new JsonObject()
                .with("pid", row.pid())
                .with("since", row.since().toString())
                .with("command", row.command())
                .with("frozen", row.frozen())
                .with("sandbox", row.note().ladder().isEmpty() ? null : row.note().ladder())
                .with(
                        "inForce",
                        new JsonObject()
                                .with("namespacesCreated", glance.namespaces())
                                .with("networkConfigured", glance.network())
                                .with("seccompActive", glance.seccomp())
                                .with("noNewPrivileges", glance.noNewPrivileges())
                                .with("cgroupsConfigured", glance.cgroups()))
                .with(
                        "uses",
                        new JsonObject()
                                .with("memoryBytes", glance.memoryBytes())
                                .with("memoryPeakBytes", glance.memoryPeakBytes())
                                .with("cpuMicros", glance.cpuMicros())
                                .with("processes", glance.processes())
                                .with("ioBytes", glance.ioBytes()))
                .with(
                        "limits",
                        new JsonObject()
                                .with("memoryBytes", limits.get(Resource.MEMORY))
                                .with("cpuMillis", limits.get(Resource.CPU))
                                .with("processes", limits.get(Resource.PROCESSES))
                                .with("ioBytesPerSecond", limits.get(Resource.IO))
                                .with("diskBytes", limits.get(Resource.DISK))
                                .with("files", limits.get(Resource.FILES))
                                .with("timeSeconds", limits.get(Resource.TIME)));
    }
}
