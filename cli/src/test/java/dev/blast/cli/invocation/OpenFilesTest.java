package dev.blast.cli.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenFilesTest {
    private static List<String> limits(String soft) {
        return List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             40                   40                   processes ",
                "Max open files            %-20s %-20s files     ".formatted(soft, soft));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "56", "255"})
    void tooFewAreSaidAndWhatToDo(String soft) {
        assertThatThrownBy(() -> OpenFiles.requireEnough(limits(soft)))
                .hasMessage(
                        "nothing was done: a process may have "
                                + soft
                                + " files open here, and Blast needs 256")
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.exit()).isEqualTo(Exit.FINDINGS);
                            assertThat(failure.help())
                                    .singleElement()
                                    .asString()
                                    .contains("ulimit -n 1024");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "1024", "1073741816", "unlimited"})
    void enoughAreEnough(String soft) {
        assertThatCode(() -> OpenFiles.requireEnough(limits(soft))).doesNotThrowAnyException();
    }

    @Test
    void whatCannotBeSeenIsNoReason() {
        assertThatCode(() -> OpenFiles.requireEnough(List.of())).doesNotThrowAnyException();
        assertThatCode(OpenFiles::requireEnough).doesNotThrowAnyException();
    }
}
