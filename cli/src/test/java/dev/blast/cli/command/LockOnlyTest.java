package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes together where nothing is installed. */
final class LockOnlyTest {

    private static LockOnly of(String typed) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (String option : typed.split(" ", -1)) {
            String[] parts = option.split("=", 2);
            var values = new ArrayList<String>();
            if (parts.length == 2) {
                values.add(parts[1]);
            }
            options.put(parts[0], values);
        }
        return new LockOnly(new Arguments("sync", options, List.of()), Path.of("/shop"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --dry-run                                                   | false
                    --lock-only=                                                | false
                    --lock-only=pylock.ci.toml                                  | false
                    --lock-only=requirements.lock.txt                           | false
                    --lock-only=requirements.lock.txt --frozen                  | false
                    --lock-only=- --frozen                                      | false
                    --platform=windows --dry-run                                | true
                    --platform=linux --lock-only=pylock.linux.toml              | true
                    --python-version=3.13 --dry-run                             | true
                    """)
    void goesTogether(String typed, boolean elsewhere) throws Failure {
        assertThat(of(typed).machine().isPresent()).isEqualTo(elsewhere);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --platform=windows                              | nothing can be installed here for another machine
                    --python-version=3.13                           | nothing can be installed here for another machine
                    --platform=windows --lock-only=                 | pylock.toml is the lock of this machine
                    --lock-only=lock.toml                           | a lock is called pylock.toml or pylock.NAME.toml
                    --lock-only= --dry-run                          | goes without --dry-run
                    --lock-only= --frozen                           | goes without --frozen
                    --lock-only=- --json                            | prints a requirements file
                    --platform=linux --dry-run --frozen             | --frozen is about this machine
                    --platform=linux --dry-run --python=3.12        | one that is not
                    --platform=wndows --dry-run                     | did you mean 'windows'?
                    --python-version=4 --dry-run                    | such as 3.13 or 3.12.4, not '4'
                    """)
    void orIsRefusedInASentence(String typed, String said) {
        assertThatThrownBy(() -> of(typed).machine())
                .isInstanceOfSatisfying(
                        Failure.class, no -> assertThat(no.message().text()).contains(said));
    }
}
