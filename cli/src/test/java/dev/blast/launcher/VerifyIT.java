package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./verify} says how many tests there were, and ends as Maven does. */
final class VerifyIT {
    private static final String LOG =
            """
            [INFO] Building Blast 0.1.0                                               [1/8]
            [INFO] Building Blast packaging 0.1.0                                     [2/8]
            [INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.2 s -- in dev.blast.VersionTest
            [INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0
            [INFO] Building Blast cli 0.1.0                                           [8/8]
            [WARNING] Tests run: 9, Failures: 0, Errors: 0, Skipped: 2
            [ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 1 s <<< FAILURE! -- in dev.blast.JdkIT
            [ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0
            """;

    @TempDir Path folder;

    @Test
    void totalsByModuleAndTheStatusOfMaven() throws IOException, InterruptedException {
        Checkout checkout = Checkout.in(folder);
        Files.writeString(checkout.scratch().resolve("log"), LOG);
        Files.writeString(checkout.scratch().resolve("status"), "1");

        assertThat(checkout.shell().run(checkout.root().resolve("verify").toString()))
                .isEqualTo(
                        new Shell.Ended(
                                1,
                                LOG
                                        + """

                                        packaging        5 passed, 0 failed, 0 skipped
                                        cli              8 passed, 2 failed, 2 skipped
                                        all             13 passed, 2 failed, 2 skipped
                                        verify: FAILED (Maven ended with 1)
                                        """,
                                ""));
    }
}
