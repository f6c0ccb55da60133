package dev.blast.index.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.ServerOrigin;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyExceptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    *                  | https://a.example/        | true
                    a.example          | https://a.example/        | true
                    A.Example.         | https://a.example/        | true
                    .example           | https://a.example/        | true
                    *.example          | https://a.example/        | true
                    example            | https://a.example/        | true
                    ample              | https://a.example/        | false
                    a.example:443      | https://a.example/        | true
                    a.example:8080     | https://a.example/        | false
                    a.example:8080     | https://a.example:8080/   | true
                    10.0.0.0/8         | https://10.2.3.4/         | true
                    10.0.0.0/8         | https://11.2.3.4/         | false
                    10.0.0.0/8         | https://a.example/        | false
                    10.2.3.4           | https://10.2.3.4/         | true
                    10.2.3.4:443       | https://10.2.3.4/         | true
                    fd00::/8           | https://[fd12::1]/        | true
                    fd12::1            | https://[fd12::1]/        | true
                    [fd12::1]:443      | https://[fd12::1]/        | true
                    [fd12::1]:80       | https://[fd12::1]/        | false
                    10.0.0.0/99        | https://10.2.3.4/         | false
                    10.0.0.0/x         | https://10.2.3.4/         | false
                    :443               | https://a.example/        | false
                    """)
    void entriesAsPeopleWriteThem(String entry, String uri, boolean covered) {
        assertThat(ProxyException.covers(List.of(entry), ServerOrigin.of(URI.create(uri))))
                .isEqualTo(covered);
    }
}
