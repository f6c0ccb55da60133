package dev.blast.environment.session;

import dev.blast.enforcer.spawn.SandboxLook;
import dev.blast.enforcer.spawn.SandboxLook.Member;
import dev.blast.environment.ProcessMark;
import dev.blast.environment.session.RunCourse.ProcessSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the course of a run of looks at it, one after another. Bounded, however long it runs and
 * whatever it starts. For one thread.
 */
final class LooksInOrder {
    static final int MOST_PROCESSES = 1_000;
    static final int MOST_SAMPLES = 2_400;

    private final Instant began;
    private final Map<ProcessMark, ProcessSpan> running = new LinkedHashMap<>();
    private final Map<ProcessMark, ProcessSpan> processes = new LinkedHashMap<>();
    private Set<ProcessMark> untold = new HashSet<>();
    private List<UseSample> samples = new ArrayList<>();
    private long others;

    LooksInOrder(Instant began) {
        this.began = began;
    }

    void add(SandboxLook look) {
        Map<ProcessMark, Member> now = new LinkedHashMap<>();
        look.members().forEach(it -> now.put(new ProcessMark(it.pid(), it.startedTicks()), it));
        running.entrySet()
                .removeIf(it -> {
                    boolean gone = !now.containsKey(it.getKey());
                    if (gone) {
                        processes.put(it.getKey(), until(it.getValue(), look.at()));
                    }
                    return gone;
                });
        untold.retainAll(now.keySet());
        now.forEach((mark, member) -> see(mark, member, look.at()));
        samples.add(
                new UseSample(look.at(), look.memoryBytes(), look.cpuMicros(), look.processes()));
        if (samples.size() > MOST_SAMPLES) {
            samples = new ArrayList<>(UseSample.thinned(samples, MOST_SAMPLES / 2));
        }
    }

    private void see(ProcessMark mark, Member member, Instant at) {
        ProcessSpan before = running.get(mark);
        if (before == null && processes.size() >= MOST_PROCESSES) {
            others += untold.add(mark) ? 1 : 0;
            return;
        }
        // its parent is who started it, also where that has ended; its program the last it became
        var span =
                new ProcessSpan(
                        member.pid(),
                        before == null ? member.parent() : before.parent(),
                        member.program(),
                        before == null ? earliest(member, at) : before.started(),
                        at,
                        at);
        running.put(mark, span);
        processes.put(mark, span);
    }

    /** The kernel counts in hundredths of a second. */
    private Instant earliest(Member member, Instant at) {
        if (member.started().isBefore(began)) {
            return began;
        }
        return member.started().isAfter(at) ? at : member.started();
    }

    private static ProcessSpan until(ProcessSpan span, Instant gone) {
        return new ProcessSpan(
                span.pid(), span.parent(), span.program(), span.started(), span.seen(), gone);
    }

    /** What was seen, where everything that ran ends then. */
    RunCourse ended(Instant at) {
        Map<ProcessMark, ProcessSpan> all = new LinkedHashMap<>(processes);
        running.forEach((mark, span) -> all.put(mark, until(span, at)));
        return new RunCourse(began, at, List.copyOf(all.values()), others, samples);
    }
}
