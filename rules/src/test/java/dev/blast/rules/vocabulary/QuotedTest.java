package dev.blast.rules.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name from elsewhere is told apart from what stands beside it. */
final class QuotedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    /tmp/report.csv       | /tmp/report.csv
                    /tmp/übersicht-1_a+b  | /tmp/übersicht-1_a+b
                    /tmp/a, /tmp/b        | "/tmp/a, /tmp/b"
                    /tmp/a (2 bytes)      | "/tmp/a (2 bytes)"
                    /tmp/a;b              | "/tmp/a;b"
                    /tmp/a: gone          | "/tmp/a: gone"
                    /tmp/it's             | "/tmp/it's"
                    /tmp/say "hi"         | "/tmp/say \\"hi\\""
                    /tmp/a\\n             | "/tmp/a\\\\n"
                    ~/tmp/a\u001b[2J~     | "/tmp/a\\u001b[2J"
                    ~~                    | ""
                    ~ ~                   | " "
                    """)
    void inQuotesWhereItsEndWouldNotBeSeen(String name, String shown) {
        assertThat(Quoted.name(name)).isEqualTo(shown);
    }
}
