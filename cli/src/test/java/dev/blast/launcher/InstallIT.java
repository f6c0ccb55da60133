package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./install} puts a build and a link to it below a prefix. */
final class InstallIT {
    @TempDir Path folder;
    Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Checkout.in(folder);
    }

    @Test
    void itGoesIntoTheHomeAndSaysWhere() throws IOException, InterruptedException {
        Path bin = checkout.scratch().resolve("home/.local/bin");
        Shell shell = checkout.shell();
        shell = shell.with("PATH", shell.environment().get("PATH") + ":" + bin);

        Shell.Ended installed = shell.run(checkout.root().resolve("install").toString());

        assertThat(installed.status()).isZero();
        assertThat(installed.out())
                .isEqualTo(
                        "Blast one, from a cache is in ~/.local/bin/blast (Java 25 from JAVA_HOME)."
                                + " Shell completion: blast init bash\n");
        assertThat(shell.run(bin.resolve("blast").toString()).out())
                .isEqualTo("Blast one, from a cache\n");
    }

    @Test
    void anUpgradeReplacesTheLinkAndLeavesWhatMayRun() throws IOException, InterruptedException {
        Path prefix = folder.resolve("pre fix");
        install(prefix);
        Path before = prefix.resolve("bin/blast").toRealPath();
        assertThat(install(prefix).err()).as("a second time").isEmpty();
        Files.writeString(checkout.main(), "Blast two");
        install(prefix);

        assertThat(checkout.shell().run(prefix.resolve("bin/blast").toString()).out())
                .isEqualTo("Blast two, from a cache\n");
        assertThat(checkout.shell().run(before.toString()).out())
                .isEqualTo("Blast one, from a cache\n");
    }

    @Test
    void anOldInstallationThatNothingRunsIsRemoved() throws IOException, InterruptedException {
        Path prefix = folder.resolve("pre fix");
        install(prefix);
        Path old = prefix.resolve("bin/blast").toRealPath().getParent().getParent();
        checkout.shell().run("touch", "-d", "1 hour ago", old.toString());
        Files.writeString(checkout.main(), "Blast two");
        Process running =
                new ProcessBuilder("sh", "-c", "read line", "-Dblast.home=" + old).start();
        install(prefix);
        assertThat(old).as("while a blast runs from it").exists();
        running.destroy();
        running.waitFor();
        install(prefix);

        assertThat(old).doesNotExist();
    }

    @Test
    void anotherProgramOfThatNameIsNotOverwritten() throws IOException, InterruptedException {
        Path prefix = folder.resolve("prefix");
        Shell.script(prefix.resolve("bin/blast"), "#!/bin/sh\n");

        assertThat(install(prefix))
                .isEqualTo(
                        new Shell.Ended(
                                1,
                                "",
                                "install: %s is there and is not a link that Blast made; move it away first\n"
                                        .formatted(prefix.toRealPath().resolve("bin/blast"))));
        assertThat(checkout.count("builds")).isZero();
    }

    private Shell.Ended install(Path prefix) throws IOException, InterruptedException {
        return checkout.shell()
                .run(checkout.root().resolve("install").toString(), "--prefix", prefix.toString());
    }
}
