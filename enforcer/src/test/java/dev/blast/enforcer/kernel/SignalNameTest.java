package dev.blast.enforcer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalNameTest {
    @ParameterizedTest
    @CsvSource({
        "1, SIGHUP",
        "2, SIGINT",
        "9, SIGKILL",
        "15, SIGTERM",
        "18, SIGCONT",
        "31, SIGSYS",
        "0, signal 0",
        "34, signal 34"
    })
    void asPeopleKnowThem(int signal, String text) {
        assertThat(SignalName.of(signal)).isEqualTo(text);
    }
}
