package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution as it was built, started by the JDK that runs this test. */
final class DistributionIT {
    private static final Path DIST = Path.of(System.getProperty("blast.dist"));

    @TempDir Path folder;

    @Test
    void itStartsWithAndWithoutACacheFromAFolderWithASpace()
            throws IOException, InterruptedException {
        Path home = folder.resolve("un packed");
        Shell shell = shell();
        shell.run("cp", "-R", DIST.toString(), home.toString());
        String blast = home.resolve("bin/blast").toString();
        Shell.Ended version = new Shell.Ended(0, "Blast 0.1.0\n", "");

        assertThat(shell.run(blast, "--version")).isEqualTo(version);
        assertThat(shell.run(home.resolve("launcher/train").toString(), home.toString()))
                .isEqualTo(new Shell.Ended(0, "", ""));
        for (String cache : List.of("blast.aot", "confined.aot", "light.aot")) {
            assertThat(home.resolve("aot").resolve(cache)).isNotEmptyFile();
        }
        assertThat(shell.run(blast, "--version")).isEqualTo(version);
        // Garbage that the VM is made to read all the same: it says nothing and goes on.
        Files.writeString(home.resolve("aot/blast.aot"), "garbage"); // the one that FORCED names
        assertThat(shell.run("sh", "-c", FORCED, "sh", home.toString())).isEqualTo(version);
    }

    /** With a locale that is not there, or none, Java could name no such folder. */
    @ParameterizedTest
    @ValueSource(strings = {"", "C", "xx_XX.UTF-8"})
    void anyFolderCanBeNamed(String locale) throws IOException, InterruptedException {
        // Named by a shell: this JVM may itself be unable to.
        String script =
                """
                name=$(printf '\\303\\261') && mkdir "$name" && cd "$name" && "$0" list && "$0" -C "$name" list
                """;
        Shell.Ended said =
                shell().with("LC_ALL", locale)
                        .run("/bin/sh", "-c", script, DIST.resolve("bin/blast").toString());

        assertThat(said.err()).contains("/ñ/ñ: there is no such folder\n");
    }

    /** An argument is bytes; a program gets it as it was given. */
    @Test
    void argumentsAndVariablesThatAreNoTextArrive() throws IOException, InterruptedException {
        String script =
                """
                byte=$(printf '\\351') && cr=$(printf '\\r') && mkdir "$byte" project && cd project && : >requirements.txt &&
                "$0" -q start --offline && : >"caf$byte" &&
                mkdir -p "in$byte$cr/.git/objects" "in$byte$cr/.git/refs" && echo "ref: refs/heads/main" >"in$byte$cr/.git/HEAD" &&
                LANG=$byte "$0" run -- sh -c 'ls caf*; printf %s "$1$LANG"; for git in in*/.git; do { echo x >"$git/config"; } 2>/dev/null || echo kept >&2; done' sh "$byte" |
                od -An -tx1
                "$0" run -- "$byte"
                "$0" run "x$byte.py"
                "$0" run -- cat "/tmp/$byte"
                "$0" run -- python -c 'import socket; socket.create_connection(("192.0.2.1", 443))' "$byte" 2>/dev/null
                "$0" log --session last >&2
                "$0" -C "../$byte" list
                cd "../$byte" && "$0" list
                """;
        Shell.Ended said =
                shell().run("/bin/sh", "-c", script, DIST.resolve("bin/blast").toString());

        assertThat(said.out().replaceAll("\\s+", " ")).isEqualTo(" 63 61 66 e9 0a e9 e9 ");
        assertThat(said.err())
                .contains("kept\n")
                .contains(
                        "blast: \"\\udce9\": a program whose own name is not text in UTF-8 cannot")
                .contains("blast: list: '../\\udce9' is not text in UTF-8")
                .contains("blast: the script's name is not text in UTF-8: x\\udce9.py")
                .contains("443)) \\udce9")
                .contains("192.0.2.1:443  refused")
                .contains("blast: the path of the current folder is not text in UTF-8: ")
                .doesNotContain("a bug in Blast");
    }

    /**
     * Else Java's own files would take their numbers, and a confined program would inherit them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"})
    void aClosedStandardStreamIsNoFileOfJavas(String closed)
            throws IOException, InterruptedException {
        String script =
                """
                . "$0/launcher/java.sh"
                exec 9>&1
                (
                    open_streams
                    for n in 0 1 2; do [ -e /proc/self/fd/$n ] || echo "$n is closed" >&9; done
                ) %s
                """
                        .formatted(closed);
        assertThat(shell().run("/bin/sh", "-c", script, DIST.toString()).out()).isEmpty();
    }

    /** Java itself would end with a trace of its own. */
    @Test
    void aFolderThatIsGoneIsSaid() throws IOException, InterruptedException {
        String script =
                """
                . "$0/launcher/java.sh"
                need_folder && (unset PWD; need_folder) && (cd "$1" && ln -s . link && cd link && need_folder) && echo here
                mkdir "$1/gone" && cd "$1/gone" && rmdir "$1/gone"
                need_folder
                """;
        Shell.Ended said = shell().run("/bin/sh", "-c", script, DIST.toString(), folder.toString());
        assertThat(said.out()).isEqualTo("here\n");
        assertThat(said.err()).contains("blast: the current folder is gone: " + folder + "/gone");
        assertThat(said.status()).isEqualTo(2);
    }

    private static final String FORCED =
            """
            . "$1/launcher/jdk.sh"; . "$1/launcher/java.sh"
            find_jdk java
            aot_cache=$1/aot/blast.aot
            start_blast "$1" --version
            """;

    /** Otherwise each start would unpack them into a temporary folder and leave them there. */
    @Test
    void nativeLibrariesLieUnpacked() throws IOException {
        for (String machine : List.of("linux-x86_64", "linux-aarch64")) {
            try (Stream<Path> files = Files.list(DIST.resolve("native").resolve(machine))) {
                assertThat(files.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "libjnidispatch.so", "libsqlitejdbc.so", "libzstd-jni.so");
            }
        }
    }

    private Shell shell() {
        return new Shell(
                folder,
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        folder.toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
    }
}
