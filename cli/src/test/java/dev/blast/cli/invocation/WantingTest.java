package dev.blast.cli.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the places that a command names nobody has to miss. */
final class WantingTest {
    private static final SandboxPolicy POLICY =
            new SandboxPolicy(
                    List.of(
                            grant("/tmp", Access.TEMPORARY),
                            grant("/home/ada/src/shop", Access.WRITABLE),
                            grant("/srv/secret/x", Access.HIDDEN)),
                    Limits.NONE,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    SyscallRights.NONE,
                    List.of(),
                    List.of());

    private static PathGrant grant(String path, Access access) {
        return new PathGrant(
                Path.of(path),
                access,
                OptionalLong.empty(),
                Reason.ofBlast("test", "test", "test"));
    }

    @ParameterizedTest
    @CsvSource({
        "/tmp, true",
        "/tmp/of-the-machine, false",
        "/home/ada, true",
        "/, true",
        "/home/ada/src/shop, true",
        "/home/ada/other, false",
        "/srv/secret, false"
    })
    void foldersThatAreThereInside(Path path, boolean there) {
        assertThat(Wanting.isFolderInside(POLICY, path)).isEqualTo(there);
    }
}
