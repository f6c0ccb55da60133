package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.Golden;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.ProcessMark;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.ending.EndedProcess;
import dev.blast.environment.ending.EndedProcess.End;
import dev.blast.environment.ending.EndedWork;
import dev.blast.environment.ending.Standstill;
import dev.blast.environment.ending.Work;
import dev.blast.environment.session.SessionNote;
import dev.blast.environment.session.Sessions;
import dev.blast.packaging.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillReportTest {
    private static final Instant SINCE = Instant.parse("2026-11-30T10:19:00Z");
    private static final int EPERM = 1;

    @Test
    void sessionsAndAChange() {
        golden(
                "kill",
                new Standstill(
                        List.of(
                                new EndedWork(
                                        change("blast sync --upgrade"),
                                        true,
                                        List.of(process(70, "blast sync --upgrade", terminated()))),
                                new EndedWork(
                                        session("python serve.py"),
                                        false,
                                        List.of(
                                                process(102, "python serve.py", terminated()),
                                                process(103, "worker", new End.Killed(5)),
                                                process(104, "helper", terminated()))),
                                new EndedWork(
                                        session("stuck"),
                                        true,
                                        List.of(process(105, "stuck", new End.Killed(5))))),
                        List.of(
                                "the change to generation 9 was interrupted after 17 of 44 steps and has been undone (nothing lost)"),
                        null),
                true);
    }

    @Test
    void whatIsLeftIsSaid() {
        golden(
                "kill-left",
                new Standstill(
                        List.of(
                                new EndedWork(
                                        session("sudo -E serve"),
                                        false,
                                        List.of(
                                                process(102, "serve", new End.Left(EPERM)),
                                                process(103, "cp", new End.Left(0)))),
                                new EndedWork(
                                        change("blast sync"),
                                        false,
                                        List.of(process(70, "blast sync", new End.Killed(0))))),
                        List.of(),
                        Message.line(
                                "~/shop/.venv is being changed by a command of another user (pid 12 of eve), which is not yours to end")),
                false);
    }

    @Test
    void oneThatOnlyChangedIsToldThatNothingWasOpen() {
        var ended =
                new EndedWork(
                        change("blast sync"),
                        false,
                        List.of(process(70, "blast sync", terminated())));
        assertThat(text(new Standstill(List.of(ended), List.of(), null)))
                .isEqualTo(
                        "shop: ended 1 command at work on it\n  pid 70  blast sync\nno change was open\n");
        assertThat(text(new Standstill(List.of(), List.of(), null)))
                .isEqualTo("shop: nothing was running\n");
    }

    @Test
    void ofManyThatWereKilledSomeAreNamed() {
        var processes = new ArrayList<EndedProcess>();
        for (int i = 0; i < 20; i++) {
            processes.add(process(200 + i, "fork\nbomb", new End.Killed(0)));
        }
        String text =
                text(
                        new Standstill(
                                List.of(new EndedWork(session("bomb"), false, processes)),
                                List.of(),
                                null));
        assertThat(text.lines()).hasSize(11);
        assertThat(text)
                .startsWith(
                        "shop: ended 1 session (20 processes)\n  pid 101  bomb\n    pid 200  fork\\nbomb  (killed)\n")
                .endsWith("\n    and 12 more like these\n");
    }

    private static String text(Standstill standstill) {
        return new KillReport("shop", standstill).text(Palette.PLAIN);
    }

    private static void golden(String name, Standstill standstill, boolean whole) {
        var report = new KillReport("shop", standstill);
        assertThat(report.isWhole()).isEqualTo(whole);
        Golden.check(name + ".txt", report.text(Palette.PLAIN));
        Golden.check(name + ".json", Json.document("kill", report.json()));
    }

    private static End terminated() {
        return new End.Terminated();
    }

    private static Work session(String command) {
        return new Work.Session(
                new Sessions.Session(
                        new ProcessMark(101, 1),
                        SINCE,
                        command,
                        null,
                        false,
                        false,
                        SessionNote.NONE));
    }

    private static Work change(String command) {
        return new Work.Change(new WriterLock.Holder(new ProcessMark(70, 1), SINCE, command));
    }

    private static EndedProcess process(long pid, String command, End end) {
        return new EndedProcess(new ProcessMark(pid, 1), SINCE, command, false, end);
    }
}
