package dev.blast.environment.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.ProcessMark;
import dev.blast.environment.ProcessStat;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.ending.EndedProcess.End;
import dev.blast.environment.session.SessionNote;
import dev.blast.environment.session.Sessions;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes of bash, and of Python where one has to adopt orphans. */
@Timeout(60)
class TerminationTest {
    private static final int LONG = 30;

    private final List<Process> started = new ArrayList<>();
    private final List<ProcessMark> marks = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        marks.stream()
                .filter(ProcessMark::isAlive)
                .forEach(mark ->
                        ProcessHandle.of(mark.pid()).ifPresent(ProcessHandle::destroyForcibly));
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void everythingBelowEndsAndNothingElse() throws Exception {
        Process other = start("sleep 1000 & echo $!; echo $$; wait", 2);
        List<ProcessMark> others = List.copyOf(marks);
        marks.clear();
        Process root =
                start(
                        "echo $$; sleep 1000 & echo $!; setsid bash -c 'echo $$; sleep 1000 & echo $!; wait' & wait",
                        4);
        assertThat(end(change(root), LONG))
                .singleElement()
                .satisfies(ended -> {
                    assertThat(ended.suspended()).isFalse();
                    assertThat(ended.end()).isEqualTo(new End.Terminated());
                    // and the shell that setsid(1) was started from, where there is one
                    assertThat(ended.processes())
                            .extracting(EndedProcess::process)
                            .containsAll(marks);
                    assertThat(ended.processes().getFirst().command()).isEqualTo("blast sync");
                });
        assertThat(marks).noneMatch(ProcessMark::isAlive);
        assertThat(others).allMatch(ProcessMark::isAlive);
        assertThat(other.isAlive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "0 1"})
    void whatIsSuspendedEndsAsQuickly(String stopped) throws Exception {
        Process root = start("echo $$; sleep 1000 & echo $!; wait", 2);
        for (String number : stopped.split(" ", -1)) {
            stop(marks.get(Integer.parseInt(number)));
        }
        EndedWork ended = end(change(root), LONG).getFirst();
        assertThat(ended.end()).isEqualTo(new End.Terminated());
        assertThat(ended.suspended()).isEqualTo(stopped.startsWith("0"));
        assertThat(ended.processes())
                .filteredOn(EndedProcess::suspended)
                .hasSize(stopped.split(" ", -1).length);
        assertThat(marks).noneMatch(ProcessMark::isAlive);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void whatIgnoresTheRequestIsKilledAfterTheGraceAlsoWhereItIsSuspended(int grace)
            throws Exception {
        Process root = start("trap '' TERM; echo $$; sleep 1000 & echo $!; wait", 2);
        marks.forEach(TerminationTest::stop);
        EndedWork ended = end(change(root), grace).getFirst();
        assertThat(ended.processes())
                .extracting(EndedProcess::end)
                .containsExactly(new End.Killed(grace), new End.Killed(grace));
        assertThat(ended.end()).isEqualTo(new End.Killed(grace));
        assertThat(marks).noneMatch(ProcessMark::isAlive);
    }

    /** Its answer to the request is another process. */
    @Test
    void whatComesMeanwhileEndsToo() throws Exception {
        Process root =
                start("trap 'sleep 1000 & echo $!' TERM; echo $$; while :; do sleep 0.05; done", 1);
        BufferedReader said = root.inputReader();
        assertThat(end(change(root), 1).getFirst().end()).isEqualTo(new End.Killed(1));
        String late = said.readLine();
        assertThat(ProcessMark.of(Long.parseLong(late)).isAlive()).isFalse();
    }

    @Test
    void aNumberThatWasGivenAwayIsNotTouched() throws Exception {
        Process root = start("echo $$; exec sleep 1000", 1);
        ProcessMark earlier = new ProcessMark(root.pid(), marks.getFirst().started() - 1);
        var holder = new WriterLock.Holder(earlier, Instant.now(), "blast sync");
        assertThat(end(new Work.Change(holder), 0)).isEmpty();
        assertThat(root.isAlive()).isTrue();
    }

    @Test
    void whoAsksFromWithinIsTold() throws Exception {
        Process other = start("echo $$; exec sleep 1000", 1);
        Work within =
                new Work.Change(
                        new WriterLock.Holder(ProcessMark.self(), Instant.now(), "blast start"));
        try (var termination = Termination.of(List.of(within, change(other)), LONG)) {
            assertThat(termination.ours()).contains(within);
        }
        try (var termination = Termination.of(List.of(change(other)), LONG)) {
            assertThat(termination.ours()).isEmpty();
        }
    }

    /** The first process of a session only starts the program; who waits for it ends by itself. */
    @Test
    void ofASessionTheProgramIsAskedAndTheRestFollows() throws Exception {
        Process attendant =
                start(
                        "echo $$; bash -c 'echo $$; trap \"echo asked\" TERM;"
                                + " bash -c \"echo \\$\\$; exec sleep 1000\" & wait' & wait; exit 3",
                        3);
        EndedWork ended = end(session(marks.get(1), marks.get(0), false), LONG).getFirst();
        assertThat(ended.processes())
                .singleElement()
                .isEqualTo(
                        new EndedProcess(
                                marks.get(2),
                                ended.processes().getFirst().since(),
                                "sleep 1000",
                                false,
                                new End.Terminated()));
        assertThat(attendant.waitFor(LONG, TimeUnit.SECONDS)).isTrue();
        assertThat(attendant.exitValue()).isEqualTo(3);
        assertThat(attendant.inputReader().readLine()).as("what the first one was told").isNull();
    }

    @Test
    void anOrphanThatWasAdoptedEndsWithItsSession() throws Exception {
        String adopting =
                """
                import ctypes, os, subprocess
                ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
                print(os.getpid(), flush=True)
                first = subprocess.Popen(['bash', '-c', 'echo $$; (setsid bash -c "echo \\$\\$; exec sleep 1000" &); echo $$ >&2; exec sleep 1000'])
                first.wait()
                """;
        Process attendant = spawn(List.of("python3", "-I", "-c", adopting), 3);
        ProcessMark orphan =
                marks.stream()
                        .filter(mark ->
                                ProcessStat.of(mark.pid()).orElseThrow().parent()
                                        == attendant.pid())
                        .reduce((_, last) -> last)
                        .orElseThrow();
        ProcessMark first = marks.get(1).equals(orphan) ? marks.get(2) : marks.get(1);
        try (var termination = Termination.of(List.of(session(first, marks.get(0), false)), LONG)) {
            assertThat(termination.ours()).isEmpty();
        }
        assertThat(end(session(first, marks.get(0), true), LONG).getFirst().processes())
                .extracting(EndedProcess::process)
                .containsExactly(orphan);
        assertThat(marks).noneMatch(ProcessMark::isAlive);
    }

    private static List<EndedWork> end(Work work, int grace) throws InterruptedException {
        try (var termination = Termination.of(List.of(work), grace)) {
            return termination.run();
        }
    }

    private static Work change(Process root) {
        return new Work.Change(
                new WriterLock.Holder(ProcessMark.of(root.pid()), Instant.now(), "blast sync"));
    }

    private static Work session(
            ProcessMark first, @Nullable ProcessMark attendant, boolean adopts) {
        return new Work.Session(
                new Sessions.Session(
                        first,
                        Instant.now(),
                        "sleep 1000",
                        attendant,
                        adopts,
                        false,
                        SessionNote.NONE));
    }

    /** Runs it in bash, and returns when it has printed as many process numbers. */
    private Process start(String script, int numbers) throws IOException {
        return spawn(List.of("bash", "-c", script), numbers);
    }

    private Process spawn(List<String> command, int numbers) throws IOException {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        BufferedReader said = process.inputReader();
        for (int i = 0; i < numbers; i++) {
            marks.add(ProcessMark.of(Long.parseLong(said.readLine())));
        }
        return process;
    }

    private static void stop(ProcessMark mark) {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(mark.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        while (!ProcessStat.of(mark.pid()).orElseThrow().isStopped()) {
            Thread.onSpinWait();
        }
    }
}
