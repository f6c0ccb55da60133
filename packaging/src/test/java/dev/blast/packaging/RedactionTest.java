package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://a.example/x",
        "https://me:secret@a.example/x, https://***@a.example/x",
        "https://token@a.example/x, https://***@a.example/x",
        "https://me:se@cret@a.example/x, https://***@a.example/x",
        "https://me:se cret@a.example/x, https://***@a.example/x",
        "https://a.example/x@y/z, https://a.example/x@y/z",
        "https://a.example/x?signature=secret, https://a.example/x?***",
        "me:secret@a.example, ***@a.example",
    })
    void secretsGo(String address, String shown) {
        assertThat(Redaction.of(address)).isEqualTo(shown);
    }
}
