package dev.blast.rules;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Every construct that is refused and every mistake that is found, each with its sentence and its
 * place.
 */
final class DiagnosticsTest {

    @Test
    void everyMistakeHasItsSentence() throws IOException {
        Golden.check("diagnostics.txt", text -> Fixtures.said(Fixtures.file(text)));
    }
}
