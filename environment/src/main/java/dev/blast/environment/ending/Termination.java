package dev.blast.environment.ending;

import dev.blast.environment.ProcessMark;
import dev.blast.environment.ProcessStat;
import dev.blast.environment.ending.HeldProcess.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends everything that some work has started: what is below it in the tree of processes, and what
 * is in the control groups of its sandboxes, read again until nothing new appears. All of it is
 * asked first, also where it is suspended, and killed when the grace is over. The Blast that waits
 * for a session gets no signal but to go on: it ends by itself once its program has, and tidies up.
 *
 * <p>A process is only ever reached from one that is known to be of the work, and from that one
 * only while it is held and has not ended: so no number that was given away leads to another's
 * process, and no program can name one. One thread.
 */
public final class Termination implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * What SIGKILL does not end in this time waits in the kernel, for a device or a file system.
     */
    private static final Duration LAST = Duration.ofSeconds(5);

    private static final long PAUSE_MILLIS = 10;

    /** Reading all of {@code /proc} takes as long as such a pause. */
    private static final int PAUSES_BETWEEN_READINGS = 10;

    private static final Set<Part> TO_END =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Part.ATTENDANT)));

    private static final Set<Part> BLAST =
            Collections.unmodifiableSet(EnumSet.of(Part.ATTENDANT, Part.COMMAND));
    private static final Set<Part> MAIN =
            Collections.unmodifiableSet(EnumSet.of(Part.PROGRAM, Part.COMMAND));

    private final List<Work> works;
    private final int graceSeconds;
    private final Map<ProcessMark, HeldProcess> held = new LinkedHashMap<>();

    private Termination(List<Work> works, int graceSeconds) {
        this.works = List.copyOf(works);
        this.graceSeconds = graceSeconds;
    }

    /**
     * Finds what is to end; nothing has been done to it yet.
     *
     * @param force without grace
     */
    public static Termination of(List<Work> works, boolean force) {
        return of(works, force ? 0 : (int) GRACE.toSeconds());
    }

    static Termination of(List<Work> works, int graceSeconds) {
        var termination = new Termination(works, graceSeconds);
        works.forEach(termination::begin);
        termination.gather();
        termination.held.values().forEach(HeldProcess::wasThere);
        return termination;
    }

    private void begin(Work work) {
        switch (work) {
            case Work.Change change -> holdRoot(work, Part.COMMAND, change.process());
            case Work.Session(var session) -> {
                holdRoot(work, Part.INIT, session.process());
                if (session.attendant() != null) {
                    holdRoot(work, Part.ATTENDANT, session.attendant());
                }
            }
        }
    }

    private void holdRoot(Work work, Part part, ProcessMark mark) {
        ProcessStat.of(mark.pid())
                .filter(stat -> stat.mark().equals(mark))
                .ifPresent(stat -> hold(work, part, stat, () -> true));
    }

    /** The work that this process is itself a part of: ending it would end us half-way. */
    public Optional<Work> ours() {
        return Optional.ofNullable(held.get(ProcessMark.self())).map(HeldProcess::work);
    }

    /** Ends all of it, and says how each process ended, in the order of the work. */
    public List<EndedWork> run() throws InterruptedException {
        long late = System.nanoTime() + TimeUnit.SECONDS.toNanos(graceSeconds);
        long last = late + LAST.toNanos();
        alive(EnumSet.of(Part.ATTENDANT)).forEach(HeldProcess::resume);
        for (int pauses = 1; !pending(TO_END).isEmpty() && System.nanoTime() < last; pauses++) {
            boolean over = System.nanoTime() >= late;
            pending(TO_END).forEach(process -> press(process, over));
            Thread.sleep(PAUSE_MILLIS);
            if (over || pauses % PAUSES_BETWEEN_READINGS == 0) {
                gather();
            }
        }
        dismissAttendants();
        return works.stream().map(this::ended).filter(it -> !it.processes().isEmpty()).toList();
    }

    private void press(HeldProcess process, boolean over) {
        if (over) {
            process.kill();
        } else if (!process.wasAsked() && isToBeAsked(process)) {
            process.ask();
        }
    }

    /**
     * What a sandbox's first process gets it passes to its program, which has it already; and what
     * a command of Blast's has started that command ends itself, if it can.
     */
    private boolean isToBeAsked(HeldProcess process) {
        return switch (process.part()) {
            case PROGRAM, COMMAND -> true;
            case INIT -> isLast(process, Part.PROGRAM);
            case HELPER -> isLast(process, Part.COMMAND);
            case ATTENDANT -> false;
        };
    }

    private boolean isLast(HeldProcess process, Part before) {
        return pending(EnumSet.of(before)).stream()
                .noneMatch(it -> it.work().equals(process.work()));
    }

    private void dismissAttendants() throws InterruptedException {
        pendingAttendants().forEach(HeldProcess::resume);
        long late = System.nanoTime() + GRACE.toNanos();
        long last = late + LAST.toNanos();
        while (!pendingAttendants().isEmpty() && System.nanoTime() < last) {
            if (System.nanoTime() >= late) {
                pendingAttendants().forEach(HeldProcess::kill);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Those that have nothing to wait for any more. */
    private List<HeldProcess> pendingAttendants() {
        Set<Work> left = alive(TO_END).stream().map(HeldProcess::work).collect(Collectors.toSet());
        return pending(EnumSet.of(Part.ATTENDANT)).stream()
                .filter(process -> !left.contains(process.work()))
                .toList();
    }

    private List<HeldProcess> pending(Set<Part> parts) {
        return alive(parts).stream().filter(HeldProcess::isPending).toList();
    }

    private List<HeldProcess> alive(Set<Part> parts) {
        return held.values().stream()
                .filter(process -> parts.contains(process.part()) && process.isAlive())
                .toList();
    }

    private void gather() {
        boolean grew;
        do {
            ProcessTable table = ProcessTable.read();
            boolean children = gatherChildren(table);
            grew = gatherGroups(table) || children;
        } while (grew);
    }

    private boolean gatherChildren(ProcessTable table) {
        Map<Long, HeldProcess> parents = new HashMap<>();
        alive(EnumSet.allOf(Part.class)).stream()
                .filter(process -> process.part() != Part.ATTENDANT || adopts(process))
                .forEach(process -> parents.put(process.mark().pid(), process));
        boolean grew = false;
        for (ProcessStat child : table.below(parents.keySet())) {
            HeldProcess parent = parents.get(child.parent());
            if (parent != null
                    && hold(parent.work(), childOf(parent.part()), child, parent::isAlive)) {
                parents.put(child.pid(), held.get(child.mark()));
                grew = true;
            }
        }
        return grew;
    }

    private static boolean adopts(HeldProcess attendant) {
        return attendant.work() instanceof Work.Session(var session) && session.adopts();
    }

    private static Part childOf(Part parent) {
        return switch (parent) {
            case INIT, PROGRAM, ATTENDANT -> Part.PROGRAM;
            case COMMAND, HELPER -> Part.HELPER;
        };
    }

    private boolean gatherGroups(ProcessTable table) {
        Map<String, HeldProcess> members = new HashMap<>();
        for (HeldProcess process : alive(TO_END)) {
            process.groups().forEach(group -> members.put(group, process));
        }
        // a sandbox that Blast itself is in is none of theirs
        HeldProcess.groups(ProcessHandle.current().pid()).forEach(members::remove);
        alive(BLAST).forEach(process -> process.groups().forEach(members::remove));
        boolean grew = false;
        for (ProcessStat stat : members.isEmpty() ? List.<ProcessStat>of() : table.processes()) {
            for (String group : HeldProcess.groups(stat.pid())) {
                HeldProcess member = members.get(group);
                grew |=
                        member != null
                                && hold(
                                        member.work(),
                                        childOf(member.part()),
                                        stat,
                                        () ->
                                                HeldProcess.groups(stat.pid()).contains(group)
                                                        && member.isAlive());
            }
        }
        return grew;
    }

    /**
     * @param still asked once it is held: whether it is what it was taken for
     * @return whether it is new
     */
    private boolean hold(Work work, Part part, ProcessStat seen, BooleanSupplier still) {
        if (held.containsKey(seen.mark())) {
            return false;
        }
        Optional<HeldProcess> process = HeldProcess.of(work, part, seen);
        if (process.isPresent() && still.getAsBoolean()) {
            held.put(seen.mark(), process.get());
            return true;
        }
        process.ifPresent(HeldProcess::close);
        return false;
    }

    private EndedWork ended(Work work) {
        List<HeldProcess> all =
                held.values().stream().filter(process -> process.work().equals(work)).toList();
        boolean started = all.stream().anyMatch(process -> process.part() == Part.PROGRAM);
        var processes = new ArrayList<EndedProcess>();
        for (HeldProcess process : all) {
            boolean hard = process.wasKilled() || process.isAlive();
            boolean shown =
                    switch (process.part()) {
                        case PROGRAM, COMMAND, HELPER -> process.isFromTheStart() || hard;
                        case INIT -> !started;
                        case ATTENDANT -> process.wasKilled();
                    };
            if (shown) {
                processes.add(ended(process));
            }
        }
        boolean suspended =
                Stream.concat(
                                all.stream().filter(it -> it.part() == Part.ATTENDANT),
                                all.stream().filter(it -> MAIN.contains(it.part())).limit(1))
                        .anyMatch(HeldProcess::wasSuspended);
        return new EndedWork(work, suspended, processes);
    }

    private EndedProcess ended(HeldProcess process) {
        EndedProcess.End end =
                process.isAlive()
                        ? new EndedProcess.End.Left(process.refusal())
                        : process.wasKilled()
                                ? new EndedProcess.End.Killed(
                                        process.part() == Part.ATTENDANT
                                                ? (int) GRACE.toSeconds()
                                                : graceSeconds)
                                : new EndedProcess.End.Terminated();
        return new EndedProcess(
                process.mark(), process.since(), process.command(), process.wasSuspended(), end);
    }

    @Override
    public void close() {
        held.values().forEach(HeldProcess::close);
    }
}
