package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signals and job control on a real terminal, which Python's pty module plays. Needs python3 and
 * what sandboxes need.
 */
@Timeout(60)
class TerminalTest {
    /**
     * Starts a command on a terminal, and goes through pairs: what to wait for, what to do then.
     */
    private static final String DRIVER =
            """
            import os, pty, signal, sys
            steps, command = eval(sys.argv[1]), sys.argv[2:]
            child, terminal = pty.fork()
            if child == 0:
                for ignored in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP):
                    signal.signal(ignored, signal.SIG_DFL)
                os.execv(command[0], command)
            seen = b''
            def until(text):
                global seen
                while text not in seen:
                    try:
                        piece = os.read(terminal, 1000)
                    except OSError:
                        piece = b''
                    if not piece:
                        sys.exit('ended before %r: %r' % (text, seen))
                    seen += piece
                print(seen[:seen.index(text) + len(text)].decode().replace('\\r', ''), end='')
                seen = seen[seen.index(text) + len(text):]
            for text, action in steps:
                until(text)
                if isinstance(action, bytes):
                    os.write(terminal, action)
                elif action:
                    os.kill(child, action)
            while True:
                print(seen.decode().replace('\\r', ''), end='')
                try:
                    seen = os.read(terminal, 1000)
                except OSError:
                    break
            print('exit', os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            """;

    @TempDir Path folder;

    @Test
    void controlCEndsTheProgram() throws Exception {
        assertThat(onTerminal("[(b'ready', b'\\x03')]", "sh", "-c", "echo ready; exec sleep 100"))
                .endsWith("exit 130\n");
    }

    @Test
    void controlCReachesAHandlerOnce() throws Exception {
        String program =
                "n=0; trap 'n=$((n+1))' INT; echo ready; i=0; while [ $i -lt 30 ]; do sleep 0.02; i=$((i+1)); done;"
                        + " echo $n times; exit 5";
        assertThat(onTerminal("[(b'ready', b'\\x03')]", "sh", "-c", program))
                .contains("1 times")
                .endsWith("exit 5\n");
    }

    @Test
    void controlBackslashIsTheProgramsToo() throws Exception {
        assertThat(onTerminal("[(b'ready', b'\\x1c')]", "sh", "-c", "echo ready; exec sleep 100"))
                .doesNotContain("Full thread dump")
                .endsWith("exit 131\n");
    }

    @Test
    void whatIsSentToUsIsPassedOn() throws Exception {
        String program =
                "trap 'echo got TERM; exit 6' TERM; trap 'echo got INT' INT; trap 'echo got HUP' HUP;"
                        + " echo ready; while :; do sleep 0.02; done";
        assertThat(
                        onTerminal(
                                "[(b'ready', signal.SIGINT), (b'got INT', signal.SIGHUP), (b'got HUP', signal.SIGTERM)]",
                                "sh",
                                "-c",
                                program))
                .contains("got TERM")
                .endsWith("exit 6\n");
    }

    @Test
    void aShellHasJobControl() throws Exception {
        String output =
                onTerminal(
                        // After jobs, exit does not ask about the stopped one.
                        "[(b'> ', b'(echo rea\\'\\'dy; exec sleep 100)\\n'), (b'ready', b'\\x1a'),"
                                + " (b'> ', b'jobs\\n'), (b'> ', b'exit 4\\n')]",
                        "bash",
                        "--norc",
                        "--noediting",
                        "-i");
        assertThat(output)
                .doesNotContain("no job control", "cannot set terminal")
                .contains("Stopped")
                .endsWith("exit 4\n");
    }

    /** Its program has ended in the background, where the terminal is the shell's. */
    @Test
    void aSuspendedJobThatIsEndedLeavesTheShellItsTerminal() throws Exception {
        String job =
                java("sh", "-c", "echo ready; exec sleep 100").stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" "));
        String output =
                driven(
                        "[(b'next>', b'eval \"$JOB\"\\n'), (b'ready', b'\\x1a'), (b'next>', b'kill %1\\n'),"
                                + " (b'next>', b'wait; echo still he\\'\\'re\\n'), (b'still here', b'exit 4\\n')]",
                        List.of("/bin/bash", "--norc", "--noediting", "-i"),
                        Map.of("JOB", job, "PROMPT_COMMAND", "printf 'next>'"));
        assertThat(output).contains("Stopped").endsWith("exit 4\n");
    }

    /** The launcher, and what is beside it in a pipe, are in the program's process group. */
    @Test
    void aSignalToItsProcessGroupStaysInside() throws Exception {
        assertThat(onTerminal("[]", "python3", "-c", "import os; os.kill(0, 9)"))
                .endsWith("exit 137\n");
    }

    @Test
    void killingTheLauncherLeavesNothing() throws Exception {
        Process launcher =
                new ProcessBuilder(java("sh", "-c", "setsid sleep 4711 & echo ready; sleep 4711"))
                        .redirectErrorStream(true)
                        .start();
        assertThat(launcher.inputReader().readLine()).isEqualTo("ready");
        List<ProcessHandle> inside = launcher.descendants().toList();
        assertThat(inside).hasSizeGreaterThanOrEqualTo(3);
        launcher.destroyForcibly().waitFor();
        for (ProcessHandle process : inside) {
            process.onExit().get();
        }
    }

    private String onTerminal(String steps, String... command) throws Exception {
        return driven(steps, java(command), Map.of());
    }

    private static String driven(String steps, List<String> command, Map<String, String> variables)
            throws Exception {
        List<String> driver =
                new ArrayList<>(
                        List.of("timeout", "30", "python3", "-I", "-u", "-c", DRIVER, steps));
        driver.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(driver).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private List<String> java(String... command) throws IOException {
        List<String> java =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RunInSandbox.class.getName(),
                                folder.toRealPath().toString()));
        java.addAll(List.of(command));
        return java;
    }
}
