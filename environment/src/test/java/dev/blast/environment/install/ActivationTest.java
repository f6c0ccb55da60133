package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.interpreter.SampleInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Activation in real shells, where they are installed. Each script activates, looks, leaves and
 * looks again; what it prints is compared. A and B are two environments.
 */
class ActivationTest {
    @TempDir Path folder;

    private Path a;
    private Path b;

    enum Shell {
        BASH("bash", "--norc", "--noprofile"),
        ZSH("zsh", "-f"),
        DASH("dash"),
        FISH("fish", "--no-config"),
        PWSH("pwsh", "-NoProfile", "-NonInteractive");

        @SuppressWarnings("ImmutableEnumChecker") // List.of is
        final List<String> command;

        Shell(String... command) {
            this.command = List.of(command);
        }

        boolean isHere() {
            return Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.getFirst())));
        }

        String scriptName() {
            return this == FISH ? "activate.fish" : this == PWSH ? "Activate.ps1" : "activate";
        }
    }

    static Stream<Shell> posix() {
        return Stream.of(Shell.BASH, Shell.ZSH, Shell.DASH);
    }

    @BeforeEach
    void makeTwo() throws IOException {
        a = folder.resolve("it's a/.venv");
        b = folder.resolve("b/.venv");
        for (Path venv : List.of(a, b)) {
            Path bin = Files.createDirectories(venv.resolve("bin"));
            for (ActivationScript script : ActivationScript.values()) {
                Files.writeString(
                        bin.resolve(script.fileName()),
                        script.text(venv, venv.equals(a) ? "A" : "B"));
            }
            Files.writeString(bin.resolve("tool"), "#!/bin/sh\necho \"tool of " + venv + "\"\n");
            assertThat(bin.resolve("tool").toFile().setExecutable(true)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void activatesAndRestores(Shell shell) throws Exception {
        assertThat(run(shell, "ACTIVATE_A SHOW tool DEACTIVATE SHOW"))
                .isEqualTo("A/bin:BASE [A] [A] PH=unset\ntool of A\nBASE [] [] PH=unset\n");
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void activatingAgainChangesNothing(Shell shell) throws Exception {
        assertThat(run(shell, "ACTIVATE_A ACTIVATE_A SHOW DEACTIVATE SHOW"))
                .isEqualTo("A/bin:BASE [A] [A] PH=unset\nBASE [] [] PH=unset\n");
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void nestsAndComesBack(Shell shell) throws Exception {
        assertThat(
                        run(
                                shell,
                                "ACTIVATE_A ACTIVATE_B SHOW tool DEACTIVATE SHOW tool DEACTIVATE SHOW"))
                .isEqualTo(
                        """
                        B/bin:A/bin:BASE [B] [B] PH=unset
                        tool of B
                        A/bin:BASE [A] [A] PH=unset
                        tool of A
                        BASE [] [] PH=unset
                        """);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void whatWasDoneToPathMeanwhileStays(Shell shell) throws Exception {
        assertThat(run(shell, "ACTIVATE_A PREPEND_PATH ACTIVATE_B DEACTIVATE SHOW DEACTIVATE SHOW"))
                .isEqualTo("/added:A/bin:BASE [A] [A] PH=unset\n/added:BASE [] [] PH=unset\n");
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void setsPythonHomeAside(Shell shell) throws Exception {
        assertThat(run(shell, "SET_HOME ACTIVATE_A SHOW ACTIVATE_B DEACTIVATE DEACTIVATE SHOW"))
                .isEqualTo("A/bin:BASE [A] [A] PH=unset\nBASE [] [] PH=/python\n");
    }

    /**
     * A script in the usual manner: it takes its own function for the one of who was there before.
     */
    private static final String ANOTHER_TOOLS =
            """
            deactivate() {
                if [ -n "${_OLD_VIRTUAL_PATH:-}" ]; then PATH="$_OLD_VIRTUAL_PATH"; unset _OLD_VIRTUAL_PATH; fi
                if [ -n "${_OLD_VIRTUAL_PS1:-}" ]; then PS1="$_OLD_VIRTUAL_PS1"; unset _OLD_VIRTUAL_PS1; fi
                unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
                if [ "${1:-}" != nondestructive ]; then unset -f deactivate; fi
            }
            deactivate nondestructive
            VIRTUAL_ENV=/other; export VIRTUAL_ENV
            _OLD_VIRTUAL_PATH="$PATH"; PATH="/other/bin:$PATH"
            _OLD_VIRTUAL_PS1="$PS1"; PS1="(other) $PS1"
            """;

    @ParameterizedTest
    @MethodSource("posix")
    void anotherToolsEnvironmentAboveLeavesNothing(Shell shell) throws Exception {
        Path other = Files.writeString(folder.resolve("other"), ANOTHER_TOOLS);
        assertThat(
                        run(
                                shell,
                                "PS1='> '; ACTIVATE_A . "
                                        + other
                                        + "; DEACTIVATE echo \"$PS1\"; SHOW ACTIVATE_B SHOW DEACTIVATE SHOW"))
                .isEqualTo(
                        "> \nBASE [] [] PH=unset\nB/bin:BASE [B] [B] PH=unset\nBASE [] [] PH=unset\n");
    }

    @Test
    void cShellsActivateAndRestore() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tcsh")), "tcsh is not installed");
        String script =
                """
                set before = "$PATH:q"
                source '%s'
                echo "$VIRTUAL_ENV:q $VIRTUAL_ENV_PROMPT"; tool
                source '%s'
                tool; deactivate
                if ( "$before:q" == "$PATH:q" && ! $?VIRTUAL_ENV ) echo restored
                """
                        .formatted(
                                a.resolve("bin/activate.csh").toString().replace("'", "'\\''"),
                                b.resolve("bin/activate.csh"));
        Path file = Files.writeString(folder.resolve("script.csh"), script);
        Process process =
                new ProcessBuilder("/usr/bin/tcsh", "-f", file.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("%s A\ntool of %s\ntool of %s\nrestored\n".formatted(a, a, b));
    }

    @ParameterizedTest
    @MethodSource("posix")
    void tellsEmptyFromUnset(Shell shell) throws Exception {
        assertThat(run(shell, "SET_EMPTY_HOME ACTIVATE_A SHOW DEACTIVATE SHOW"))
                .isEqualTo("A/bin:BASE [A] [A] PH=unset\nBASE [] [] PH=\n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void survivesStrictScripts(Shell shell) throws Exception {
        assertThat(run(shell, "set -eu; ACTIVATE_A ACTIVATE_B DEACTIVATE DEACTIVATE SHOW"))
                .isEqualTo("BASE [] [] PH=unset\n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void prefixesThePromptAndTakesThePrefixAway(Shell shell) throws Exception {
        assertThat(
                        run(
                                shell,
                                "PS1='% '; ACTIVATE_A echo \"$PS1\"; ACTIVATE_B echo \"$PS1\"; DEACTIVATE echo \"$PS1\"; DEACTIVATE echo \"$PS1\";"))
                .isEqualTo("(A) % \n(B) % \n(A) % \n% \n");
        assertThat(
                        run(
                                shell,
                                "PS1='% '; VIRTUAL_ENV_DISABLE_PROMPT=1; ACTIVATE_A echo \"$PS1\"; DEACTIVATE echo \"$PS1\";"))
                .isEqualTo("% \n% \n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void aChildShellCanLeaveToo(Shell shell) throws Exception {
        String child =
                String.join(" ", shell.command)
                        + " -c '. \"$VIRTUAL_ENV/bin/activate\"; deactivate; echo \"$PATH\"'";
        assertThat(run(shell, "ACTIVATE_B " + child)).isEqualTo("BASE\n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void anEnvironmentUnderneathThatIsGoneIsPassedOver(Shell shell) throws Exception {
        assertThat(
                        run(
                                shell,
                                "ACTIVATE_A ACTIVATE_B /bin/rm '"
                                        + a.toString().replace("'", "'\\''")
                                        + "/bin/activate'; DEACTIVATE SHOW"))
                .isEqualTo("BASE [] [] PH=unset\n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void leavesNothingBehind(Shell shell) throws Exception {
        assumeTrue(shell != Shell.DASH, "dash cannot list its functions");
        assertThat(
                        run(
                                shell,
                                "ACTIVATE_A ACTIVATE_B DEACTIVATE DEACTIVATE set | grep -ci '^_*blast'; typeset -f | grep -c 'blast\\|deactivate'; true"))
                .isEqualTo("0\n0\n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void leavesAnotherToolsEnvironmentFirst(Shell shell) throws Exception {
        assertThat(
                        run(
                                shell,
                                "VIRTUAL_ENV=/other; PATH=\"/other/bin:$PATH\"; deactivate() { PATH=\"${PATH#/other/bin:}\"; unset VIRTUAL_ENV; }; "
                                        + "ACTIVATE_A SHOW DEACTIVATE SHOW"))
                .isEqualTo("A/bin:BASE [A] [A] PH=unset\nBASE [] [] PH=unset\n");
    }

    @ParameterizedTest
    @EnumSource(value = Shell.class, names = "FISH")
    void prefixesThePromptOfFish(Shell shell) throws Exception {
        assertThat(
                        run(
                                shell,
                                "function fish_prompt; echo \"<$status>\"; end; ACTIVATE_A false; fish_prompt; ACTIVATE_B true; fish_prompt; DEACTIVATE true; fish_prompt; DEACTIVATE true; fish_prompt"))
                .isEqualTo("(A) <1>\n(B) <0>\n(A) <0>\n<0>\n");
    }

    @ParameterizedTest
    @MethodSource("posix")
    void aPromptCannotRunCommands(Shell shell) throws Exception {
        var interpreter = SampleInterpreter.of("3.11.7");
        Path venv = Files.createDirectories(folder.resolve("c"));
        try {
            Laying.venv(venv, interpreter, "$(touch " + folder + "/owned)`id`\\w%n");
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageContaining(
                            "/opt/python/bin/python3"); // on paper only, so its real path is not
            // known
        }
        assertThat(run(shell, "PS1='% '; . '" + venv + "/bin/activate'; echo \"$PS1\""))
                .isEqualTo("(_(touch " + folder + "/owned)_id__w_n) % \n");
    }

    @AfterEach
    void remove() throws IOException {
        Trees.delete(folder.resolve("c"));
    }

    private String run(Shell shell, String script) throws Exception {
        assumeTrue(shell.isHere(), shell.command.getFirst() + " is not installed");
        String text = translated(shell, script);
        Path file = Files.writeString(folder.resolve("script"), text);
        var builder =
                new ProcessBuilder(
                        Stream.concat(shell.command.stream(), Stream.of(file.toString())).toList());
        String base = System.getenv("PATH");
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("PYTHON")
                                || name.contains("VIRTUAL")
                                || name.contains("BLAST"));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.replace(base, "BASE").replace(a.toString(), "A").replace(b.toString(), "B");
    }

    private String translated(Shell shell, String script) {
        ActivationScript quoting =
                shell == Shell.FISH
                        ? ActivationScript.FISH
                        : shell == Shell.PWSH
                                ? ActivationScript.POWERSHELL
                                : ActivationScript.POSIX;
        String source = shell == Shell.FISH ? "source " : ". ";
        String show =
                switch (shell) {
                    case FISH ->
                            "echo (string join : $PATH) \"[$VIRTUAL_ENV]\" \"[$VIRTUAL_ENV_PROMPT]\" PH=(set -q PYTHONHOME; and echo $PYTHONHOME; or echo unset)\n";
                    case PWSH ->
                            "\"$env:PATH [$env:VIRTUAL_ENV] [$env:VIRTUAL_ENV_PROMPT] PH=$(if (Test-Path Env:PYTHONHOME) { $env:PYTHONHOME } else { 'unset' })\"\n";
                    default ->
                            "echo \"$PATH [${VIRTUAL_ENV-}] [${VIRTUAL_ENV_PROMPT-}] PH=${PYTHONHOME-unset}\"\n";
                };
        String prepend =
                switch (shell) {
                    case FISH -> "set -gx PATH /added $PATH\n";
                    case PWSH -> "$env:PATH = '/added:' + $env:PATH\n";
                    default -> "PATH=\"/added:$PATH\"\n";
                };
        String home =
                switch (shell) {
                    case FISH -> "set -gx PYTHONHOME /python\n";
                    case PWSH -> "$env:PYTHONHOME = '/python'\n";
                    default -> "export PYTHONHOME=/python\n";
                };
        return script.replace(
                        "ACTIVATE_A ",
                        source
                                + quoting.quoted(
                                        a.resolve("bin").resolve(shell.scriptName()).toString())
                                + "\n")
                .replace(
                        "ACTIVATE_B ",
                        source
                                + quoting.quoted(
                                        b.resolve("bin").resolve(shell.scriptName()).toString())
                                + "\n")
                .replaceAll("\\bDEACTIVATE ?", "deactivate\n")
                .replaceAll("\\bSHOW ?", Matcher.quoteReplacement(show))
                .replace("PREPEND_PATH ", prepend)
                .replace("SET_HOME ", home)
                .replace("SET_EMPTY_HOME ", "export PYTHONHOME=\n")
                .replaceAll("\\btool ", "tool\n");
    }
}
