package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The AOT cache is used where it fits and left alone, without a word, where it does not. */
final class AotCacheIT {
    private static final Shell.Ended QUICK = new Shell.Ended(0, "Blast one, from a cache\n", "");
    private static final Shell.Ended SLOW = new Shell.Ended(0, "Blast one\n", "");

    @TempDir Path folder;
    Checkout checkout;
    Path home;

    @BeforeEach
    void trainOne() throws IOException, InterruptedException {
        checkout = Checkout.in(folder);
        checkout.blast();
        String key = Files.readString(checkout.builds().resolve("current")).strip();
        home = checkout.builds().resolve(key);
        Shell.await(home.resolve("aot/manifest"));
        assertThat(start()).isEqualTo(QUICK);
    }

    @Test
    void aMissingCacheIsMadeAgainByACheckout() throws IOException, InterruptedException {
        checkout.shell().run("rm", "-r", home.resolve("aot").toString());

        assertThat(start()).isEqualTo(SLOW);
        assertThat(checkout.blast()).isEqualTo(SLOW);
        Shell.await(home.resolve("aot/manifest"));
        assertThat(checkout.blast()).isEqualTo(QUICK);
    }

    @ParameterizedTest
    @CsvSource({
        "--version, light",
        "list --json, light",
        "start --path elsewhere, blast",
        "-C elsewhere sync, blast",
        "why flask, blast",
        "run -- python, confined",
        "check --explain read /etc, confined"
    })
    void theCommandTellsWhichCache(String arguments, String cache)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(home.resolve("bin/blast").toString()));
        command.addAll(List.of(arguments.split(" ")));
        checkout.shell().run(command.toArray(String[]::new));

        assertThat(checkout.started())
                .contains("-XX:AOTCache=" + home.resolve("aot/" + cache + ".aot"));
    }

    @Test
    void aDamagedCacheIsNotUsed() throws IOException, InterruptedException {
        Files.writeString(home.resolve("aot/light.aot"), "cut");

        assertThat(start()).isEqualTo(SLOW);
    }

    @Test
    void anotherJarOfTheSameNameSizeAndTimeIsNoticed() throws IOException, InterruptedException {
        Path jar = home.resolve("lib/cli.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "");
        Files.setLastModifiedTime(jar, time);

        assertThat(start()).isEqualTo(SLOW);
    }

    @Test
    void anotherJdkIsNoticed() throws IOException, InterruptedException {
        Path other = Checkout.jdk(folder.resolve("other"), "26");

        assertThat(
                        checkout.shell()
                                .with("JAVA_HOME", other.toString())
                                .run(home.resolve("bin/blast").toString()))
                .isEqualTo(SLOW);
    }

    @Test
    void aMovedFolderKeepsItsCacheAndACopyHasNone() throws IOException, InterruptedException {
        Path copy = folder.resolve("copy");
        checkout.shell().run("cp", "-a", home.toString(), copy.toString());
        assertThat(checkout.shell().run(copy.resolve("bin/blast").toString())).isEqualTo(SLOW);

        Path moved = Files.move(home, folder.resolve("moved"));
        assertThat(checkout.shell().run(moved.resolve("bin/blast").toString())).isEqualTo(QUICK);
    }

    @Test
    void optionsForThePersonsOwnJavaChangeNothing() throws IOException, InterruptedException {
        assertThat(
                        checkout.shell()
                                .with("JDK_JAVA_OPTIONS", "-Xshare:off")
                                .run(home.resolve("bin/blast").toString()))
                .isEqualTo(QUICK);
    }

    @Test
    void aSecondTrainingAtOnceDoesNothing() throws IOException, InterruptedException {
        checkout.shell().run("rm", "-r", home.resolve("aot").toString());
        Path hold = Files.createFile(checkout.scratch().resolve("hold-training"));
        long before = checkout.count("trainings");
        String train = home.resolve("launcher/train").toString();
        Shell.Running one = checkout.shell().start(train, home.toString());
        while (checkout.count("trainings") == before) {
            Thread.sleep(10);
        }

        assertThat(checkout.shell().run(train, home.toString()))
                .isEqualTo(new Shell.Ended(0, "", ""));
        Files.delete(hold);
        assertThat(one.ended().status()).isZero();
        assertThat(checkout.count("trainings")).isEqualTo(before + 3); // three caches
        assertThat(start()).isEqualTo(QUICK);
    }

    private Shell.Ended start() throws IOException, InterruptedException {
        return checkout.shell().run(home.resolve("bin/blast").toString());
    }
}
