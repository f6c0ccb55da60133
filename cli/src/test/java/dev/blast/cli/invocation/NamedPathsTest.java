package dev.blast.cli.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedPathsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /opt/x                          | /opt/x
                    --config=/opt/x.toml            | /opt/x.toml
                    -I/opt/include                  |
                    ../data/x                       | /home/ada/data/x
                    src/x                           | /home/ada/shop/src/x
                    x                               |
                    ~/x                             | /home/ada/x
                    open("/opt/x").read()           | /opt/x
                    open('/opt/x', '/srv/y')        | /opt/x /srv/y
                    a/b/../c                        | /home/ada/shop/a/c
                    https://host.example/opt/x      |
                    1/2                             | /home/ada/shop/1/2
                    cat /opt/x; ls /srv             | /opt/x /srv
                    /                               | /
                    ./x                             | /home/ada/shop/x
                    """)
    void whatAWordNames(String word, String expected) {
        List<Path> named =
                NamedPaths.in(
                        List.of("/usr/bin/python", word),
                        Path.of("/home/ada/shop"),
                        Path.of("/home/ada"));
        List<String> paths = expected == null ? List.of() : List.of(expected.split(" ", -1));
        assertThat(named.stream().map(Path::toString)).containsExactlyElementsOf(paths);
    }
}
