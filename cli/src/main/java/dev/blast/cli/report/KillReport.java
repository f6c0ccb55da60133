package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.environment.ending.EndedProcess;
import dev.blast.environment.ending.EndedProcess.End;
import dev.blast.environment.ending.EndedWork;
import dev.blast.environment.ending.Standstill;
import dev.blast.environment.ending.Work;
import dev.blast.packaging.Message;
import java.util.ArrayList;
import java.util.List;

/** What was ended in an environment, and what became of a change that was open. */
public record KillReport(String name, Standstill standstill) implements Report {
    /** Processes that are named beside their session. */
    private static final int NAMED = 8;

    /** Whether nothing runs any more and nothing is open. */
    public boolean isWhole() {
        return standstill.open() == null
                && standstill.ended().stream().noneMatch(KillReport::isLeft);
    }

    @Override
    public String text(Palette palette) {
        List<EndedWork> ended = standstill.ended();
        Message open = standstill.open();
        var text = new Page(name).append(": ").append(summary(ended)).end();
        ended.forEach(work -> lines(work, text));
        standstill.changes().forEach(change -> text.append("recovered: ").append(change).end());
        if (standstill.changes().isEmpty()
                && open == null
                && ended.stream().anyMatch(it -> it.work() instanceof Work.Change)) {
            text.line("no change was open");
        }
        if (open != null) {
            text.lines("still open: " + open.text().replace("\n", "\n  ")).end();
        }
        return text.toString();
    }

    private static String summary(List<EndedWork> works) {
        String ended = counted(works.stream().filter(it -> !isLeft(it)).toList());
        String left = counted(works.stream().filter(KillReport::isLeft).toList());
        return left.isEmpty()
                ? ended.isEmpty() ? "nothing was running" : "ended " + ended
                : (ended.isEmpty() ? "" : "ended " + ended + "; ") + "could not end " + left;
    }

    private static boolean isLeft(EndedWork work) {
        return work.end() instanceof End.Left;
    }

    private static String counted(List<EndedWork> works) {
        List<EndedWork> sessions =
                works.stream().filter(it -> it.work() instanceof Work.Session).toList();
        long processes = sessions.stream().mapToLong(it -> it.processes().size()).sum();
        var parts = new ArrayList<String>();
        if (!sessions.isEmpty()) {
            parts.add(
                    "%s (%s)"
                            .formatted(
                                    Figures.count(sessions.size(), "session"),
                                    processes == 1
                                            ? "1 process"
                                            : Figures.count(processes) + " processes"));
        }
        if (sessions.size() < works.size()) {
            parts.add(Figures.count(works.size() - sessions.size(), "command") + " at work on it");
        }
        return String.join(" and ", parts);
    }

    private static void lines(EndedWork ended, Page text) {
        boolean alone = ended.processes().size() == 1;
        var notes = new ArrayList<String>();
        if (ended.suspended()) {
            notes.add("was suspended");
        }
        if (alone) {
            note(ended.end(), notes);
        }
        text.append("  pid ")
                .append(ended.work().process().pid())
                .append("  ")
                .append(ended.work().command())
                .append(inBrackets(notes))
                .end();
        List<EndedProcess> hard =
                alone
                        ? List.of()
                        : ended.processes().stream()
                                .filter(it -> !(it.end() instanceof End.Terminated))
                                .toList();
        for (EndedProcess process : hard.subList(0, Math.min(NAMED, hard.size()))) {
            notes.clear();
            note(process.end(), notes);
            text.append("    pid ")
                    .append(process.process().pid())
                    .append("  ")
                    .append(process.command())
                    .append(inBrackets(notes))
                    .end();
        }
        if (hard.size() > NAMED) {
            text.line("    and %d more like these".formatted(hard.size() - NAMED));
        }
    }

    private static String inBrackets(List<String> notes) {
        return notes.isEmpty() ? "" : "  (" + String.join(", ", notes) + ")";
    }

    private static void note(End end, List<String> notes) {
        switch (end) {
            case End.Terminated _ -> {}
            case End.Killed(int seconds) ->
                    notes.add(seconds == 0 ? "killed" : "killed after %d s".formatted(seconds));
            case End.Left left -> notes.add("has not ended: " + why(left));
        }
    }

    private static String why(End.Left left) {
        return left.errno() == 0
                ? "it was killed, and waits in the kernel for a device or a file system"
                : "it is not yours to end: " + Errno.sentence(left.errno());
    }

    @Override
    public JsonObject json() {
        Message open = standstill.open();
        return new JsonObject()
                .with("environment", name)
                .with("ended", standstill.ended(), KillReport::json)
                .with("recovered", standstill.changes())
                .with("open", open == null ? null : open.text());
    }

    private static JsonObject json(EndedWork ended) {
        Work work = ended.work();
        return with(
                        ended.end(),
                        new JsonObject()
                                .with(
                                        "kind",
                                        switch (work) {
                                            case Work.Session _ -> "session";
                                            case Work.Change _ -> "change";
                                        })
                                .with("pid", work.process().pid())
                                .with("command", work.command())
                                .with("since", work.since().toString())
                                .with("suspended", ended.suspended()))
                .with("processes", ended.processes(), KillReport::json);
    }

    private static JsonObject json(EndedProcess process) {
        return with(
                process.end(),
                new JsonObject()
                        .with("pid", process.process().pid())
                        .with("command", process.command())
                        .with("since", process.since().toString())
                        .with("suspended", process.suspended()));
    }

    private static JsonObject with(End end, JsonObject json) {
        return switch (end) {
            case End.Terminated _ -> json.with("end", "terminated");
            case End.Killed(int seconds) ->
                    json.with("end", "killed").with("afterSeconds", seconds);
            case End.Left left -> json.with("end", "left").with("why", why(left));
        };
    }
}
