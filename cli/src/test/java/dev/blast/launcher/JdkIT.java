package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which JDK the scripts take. */
final class JdkIT {
    private static final String SCRIPT =
            """
            . "$ROOT/launcher/jdk.sh"
            BLAST_JDK=100
            find_jdk javac || no_jdk javac
            echo "$jdk_version from ${jdk_home##*/}, ${jdk_from##*/}"
            """;

    @TempDir Path folder;

    /** Versions that no machine has, so that its own folders of JDKs play no part. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    100.0.1 | 101   | 102   | 100 from home, JAVA_HOME
                    17.0.9  | 101   | 102   | 101 from path, PATH
                    8       | 99.9  | 102   | 102 from jdk-102, jdk-102
                    ''      | 100   | 102   | 100 from path, PATH
                    ''      | ''    | 100-ea| 100 from jdk-100-ea, jdk-100-ea
                    """)
    void theFirstThatFits(String home, String path, String usual, String found)
            throws IOException, InterruptedException {
        Shell shell = bare();
        if (!home.isEmpty()) {
            Path jdk = Checkout.jdk(folder.resolve("home"), home);
            shell = shell.with("JAVA_HOME", jdk + "/");
        }
        if (!path.isEmpty()) {
            Path jdk = Checkout.jdk(folder.resolve("path"), path);
            shell = shell.with("PATH", jdk.resolve("bin") + ":/usr/bin:/bin");
        }
        Checkout.jdk(folder.resolve(".jdks/jdk-" + usual), usual);

        assertThat(shell.run("sh", "-c", SCRIPT)).isEqualTo(new Shell.Ended(0, found + "\n", ""));
    }

    @Test
    void aJreIsNotEnoughToBuild() throws IOException, InterruptedException {
        Path jre = Checkout.jdk(folder.resolve("jre"), "100");
        Files.delete(jre.resolve("bin/javac"));

        assertThat(bare().with("JAVA_HOME", jre.toString()).run("sh", "-c", SCRIPT))
                .isEqualTo(
                        new Shell.Ended(
                                1,
                                "",
                                ("blast: no JDK 100 with a compiler was found in JAVA_HOME, on PATH or under /usr/lib/jvm."
                                                + " JAVA_HOME is %s (Java 100)."
                                                + " Install one (Debian from 13 and Ubuntu from 22.04: apt install openjdk-100-jdk; elsewhere a Temurin 100 package)"
                                                + " or point JAVA_HOME at it.\n")
                                        .formatted(jre)));
    }

    private Shell bare() {
        return new Shell(
                folder,
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        folder.toString(),
                        "ROOT",
                        System.getProperty("blast.root")));
    }
}
