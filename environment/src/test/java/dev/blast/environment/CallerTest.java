package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.rules.fact.Purpose;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules are told about where an interpreter is installed. */
class CallerTest {

    @ParameterizedTest
    @CsvSource({
        "/usr,/usr",
        "/usr/local,/usr/local",
        "/opt/python,/opt/python",
        "/u/somebody/.pyenv/versions/3.12,/u/somebody/.pyenv/versions/3.12",
        "/,/opt/python/lib/python3.12",
        "/u,/opt/python/lib/python3.12",
        "/u/somebody,/opt/python/lib/python3.12",
        "/home,/opt/python/lib/python3.12",
        "/root,/opt/python/lib/python3.12",
        "/etc,/opt/python/lib/python3.12",
        "/etc/python,/opt/python/lib/python3.12"
    })
    void isNeverAFolderThatHoldsMore(Path basePrefix, Path seen) {
        Interpreter i = SampleInterpreter.of("3.12.1");
        var interpreter =
                new Interpreter(
                        Path.of("/bin/python3"),
                        i.implementation(),
                        i.version(),
                        i.freeThreaded(),
                        i.markers(),
                        i.tags(),
                        i.venvScheme(),
                        basePrefix,
                        i.standardLibrary(),
                        null,
                        i.bundledWheels());
        var caller = new Caller("somebody", false, false, Path.of("/u/somebody"));
        Path project = Path.of("/src/p");
        assertThat(
                        caller.session(
                                        "p",
                                        project,
                                        Environment.in(project),
                                        interpreter,
                                        Purpose.RUN,
                                        "python")
                                .basePrefix())
                .isEqualTo(seen);
    }
}
