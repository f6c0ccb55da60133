package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.settings.Proxies;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRouteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://a.example/x          |                    | https.example:3128
                    http://a.example/x           |                    | http.example:80
                    https://127.0.0.1/x          |                    | direct
                    http://localhost:9/x         |                    | direct
                    https://a.example/x          | *                  | direct
                    https://a.example/x          | a.example          | direct
                    https://b.a.example/x        | a.example          | direct
                    https://b.a.example/x        | .a.example         | direct
                    https://b.a.example/x        | *.a.example        | direct
                    https://ba.example/x         | a.example          | https.example:3128
                    https://A.Example/x          | other, A.EXAMPLE   | direct
                    https://a.example/x          | a.example:443      | direct
                    https://a.example:8443/x     | a.example:443      | https.example:3128
                    https://a.example/x          | ,                  | https.example:3128
                    """)
    void hosts(String address, String except, String expected) {
        List<String> names = except == null ? List.of() : List.of(except.split(",", -1));
        var proxies =
                new Proxies(
                        URI.create("http://https.example:3128"),
                        URI.create("http://http.example"),
                        names,
                        Map.of());
        Proxy proxy = ProxyRoute.of(proxies).select(URI.create(address)).getFirst();
        assertThat(
                        proxy.type() == Proxy.Type.DIRECT
                                ? "direct"
                                : proxy.address().toString().replace("/<unresolved>", ""))
                .isEqualTo(expected);
    }
}
