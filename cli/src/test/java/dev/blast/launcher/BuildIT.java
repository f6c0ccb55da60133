package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./blast} builds when it must, and only then. */
final class BuildIT {
    @TempDir Path folder;
    Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Checkout.in(folder);
        Files.createFile(checkout.scratch().resolve("no-training"));
    }

    /** A training in the background must not write into a folder that is being removed. */
    @AfterEach
    void awaitTrainings() throws InterruptedException {
        checkout.awaitProcesses();
    }

    @Test
    void theFirstUseBuildsAndSaysSo() throws IOException, InterruptedException {
        Shell.Ended first = checkout.blast();

        assertThat(first.out()).isEqualTo("Blast one\n");
        assertThat(first.err().lines().map(line -> line.replaceAll("\\d+ s$", "N s")))
                .containsExactly(
                        "blast: building Blast with Java 25 from JAVA_HOME (the first time this fetches libraries)",
                        "  [2/8] packaging",
                        "blast: built in N s");
        assertThat(checkout.blast()).isEqualTo(new Shell.Ended(0, "Blast one\n", ""));
        assertThat(checkout.count("builds")).isEqualTo(1);
    }

    @Test
    void aTouchedSourceIsNoChange() throws IOException, InterruptedException {
        checkout.blast();
        Files.setLastModifiedTime(
                checkout.main(), FileTime.fromMillis(System.currentTimeMillis() + 60_000));

        assertThat(checkout.blast().err()).isEmpty();
        assertThat(checkout.count("builds")).isEqualTo(1);
    }

    @Test
    void aChangeIsNoticedEvenWithItsTimeSetBack() throws IOException, InterruptedException {
        checkout.blast();
        FileTime before = Files.getLastModifiedTime(checkout.main());
        Files.writeString(checkout.main(), "Blast two");
        Files.setLastModifiedTime(checkout.main(), before);

        assertThat(checkout.blast().out()).isEqualTo("Blast two\n");
    }

    @Test
    void anAddedARenamedAndARemovedSourceAreNoticed() throws IOException, InterruptedException {
        checkout.blast();
        Path added = checkout.root().resolve("cli/src/main/Added.java");
        Path renamed = checkout.root().resolve("cli/src/main/Renamed.java");

        Files.writeString(added, "");
        checkout.blast();
        assertThat(checkout.count("builds")).isEqualTo(2);
        Files.move(added, renamed);
        checkout.blast();
        assertThat(checkout.count("builds")).isEqualTo(3);
        Files.delete(renamed);
        checkout.blast();
        assertThat(checkout.count("builds")).as("as it was at first: found again").isEqualTo(3);
    }

    @Test
    void whatAnEditorOrATestLeavesIsNoSource() throws IOException, InterruptedException {
        checkout.blast();
        Files.writeString(checkout.root().resolve("cli/src/main/.Main.java.swp"), "");
        Files.createDirectories(checkout.root().resolve("cli/src/test"));
        Files.writeString(checkout.root().resolve("cli/src/test/Test.java"), "");
        checkout.blast();

        assertThat(checkout.count("builds")).isEqualTo(1);
    }

    @Test
    void aFailedBuildSaysWhatIsWrongAndReplacesNothing() throws IOException, InterruptedException {
        checkout.blast();
        Files.writeString(checkout.main(), "broken");
        Shell.Ended broken = checkout.blast();

        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err())
                .endsWith(
                        """
                          [2/8] packaging
                        [ERROR] cli/src/main/Main.java:[1,1] broken
                        blast: the build failed (Maven ended with 1); its whole log is %s. Nothing was replaced.
                        """
                                .formatted(checkout.builds().resolve("build.log")));
        Files.writeString(checkout.main(), "Blast one");
        assertThat(checkout.blast().out()).isEqualTo("Blast one\n");
        assertThat(checkout.count("builds")).isEqualTo(2);
    }

    @Test
    void twoAtOnceMakeOneBuild() throws IOException, InterruptedException {
        Path hold = Files.createFile(checkout.scratch().resolve("hold"));
        Shell.Running one = checkout.shell().start(checkout.root().resolve("blast").toString());
        Shell.await(checkout.scratch().resolve("held"));
        Shell.Running two = checkout.shell().start(checkout.root().resolve("blast").toString());
        awaitText(two.err(), "waiting");
        Files.delete(hold);

        assertThat(one.ended().out()).isEqualTo("Blast one\n");
        assertThat(two.ended())
                .isEqualTo(
                        new Shell.Ended(
                                0,
                                "Blast one\n",
                                "blast: another build is under way; waiting for it\n"));
        assertThat(checkout.count("builds")).isEqualTo(1);
    }

    @Test
    void anInterruptedBuildLeavesNothing() throws IOException, InterruptedException {
        Files.createFile(checkout.scratch().resolve("hold"));
        Shell.Running blast = checkout.shell().start(checkout.root().resolve("blast").toString());
        Shell.await(checkout.scratch().resolve("held"));
        blast.process().destroy();

        assertThat(blast.ended().status()).isEqualTo(143);
        try (Stream<Path> left = Files.list(checkout.builds())) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void aKilledBuildIsNotTakenForOne() throws IOException, InterruptedException {
        Path hold = Files.createFile(checkout.scratch().resolve("hold"));
        Shell.Running blast = checkout.shell().start(checkout.root().resolve("blast").toString());
        Shell.await(checkout.scratch().resolve("held"));
        blast.process().destroyForcibly();
        assertThat(blast.ended().status()).isEqualTo(137);
        Files.delete(hold);

        assertThat(checkout.blast().out()).isEqualTo("Blast one\n");
        assertThat(checkout.count("builds")).isEqualTo(2);
        try (Stream<Path> left = Files.list(checkout.builds())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("making"));
        }
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws IOException, InterruptedException {
        Files.delete(checkout.scratch().resolve("tools/mvn"));
        for (String tool : List.of("find", "stat", "mkdir", "rm", "cksum", "tr", "flock")) {
            Shell.script(
                    checkout.scratch().resolve("tools").resolve(tool),
                    "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
        }
        Shell bare =
                checkout.shell()
                        .with("PATH", checkout.scratch().resolve("tools").toString())
                        .with("BLAST_DOWNLOAD", "never");

        assertThat(bare.run(checkout.root().resolve("blast").toString()))
                .isEqualTo(
                        new Shell.Ended(
                                1,
                                "",
                                """
                                blast: no maven is downloaded, because BLAST_DOWNLOAD is never
                                blast: Maven is needed to build Blast and no mvn is on PATH (Debian, Ubuntu: apt install maven).
                                """));
    }

    @Test
    void itStartsFromAnywhere() throws IOException, InterruptedException {
        checkout.blast();
        Path link =
                Files.createSymbolicLink(folder.resolve("link"), checkout.root().resolve("blast"));
        Shell inside = checkout.shell().in(checkout.root().resolve("cli"));

        assertThat(checkout.shell().run(link.toString()).out()).isEqualTo("Blast one\n");
        assertThat(inside.run("../blast").out()).isEqualTo("Blast one\n");
        assertThat(inside.in(checkout.root()).run("sh", "blast").out()).isEqualTo("Blast one\n");
        assertThat(inside.with("CDPATH", "/usr:/").run("../blast").out()).isEqualTo("Blast one\n");
        assertThat(inside.without("HOME").run("../blast").out()).isEqualTo("Blast one\n");
        assertThat(checkout.count("builds")).isEqualTo(1);
    }

    private static void awaitText(Path file, String text) throws IOException, InterruptedException {
        for (int round = 0; round < 6000 && !Files.readString(file).contains(text); round++) {
            Thread.sleep(10);
        }
    }
}
