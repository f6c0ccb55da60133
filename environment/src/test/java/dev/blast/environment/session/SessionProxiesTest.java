package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ForwardProxy.Login;
import dev.blast.index.settings.Proxies;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionProxiesTest {
    @TempDir Path home;

    private SessionProxies proxies(String... settings) throws Exception {
        Map<String, String> variables = new HashMap<>();
        for (String setting : settings) {
            variables.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return SessionProxies.of(Proxies.discover(variables, home, home.resolve(".venv")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HTTPS_PROXY=http://p.example:3128  | a.example:443    | HTTP p.example:3128
                    HTTPS_PROXY=http://p.example:3128  | a.example:5432   | HTTP p.example:3128
                    HTTPS_PROXY=http://p.example:3128  | a.example:80     | nobody
                    http_proxy=http://p.example        | a.example:80     | HTTP p.example:80
                    http_proxy=http://p.example        | a.example:443    | nobody
                    ALL_PROXY=socks5h://p.example      | a.example:80     | SOCKS5 p.example:1080
                    ALL_PROXY=socks5://me:it@p.example | a.example:22     | SOCKS5 p.example:1080
                    ALL_PROXY=http://[2001:db8::1]:8   | a.example:22     | HTTP [2001:db8::1]:8
                    ALL_PROXY=p.example:3128           | 192.0.2.1:443    | HTTP p.example:3128
                    ALL_PROXY=p.example:3128           | 2001:db8::2:443  | HTTP p.example:3128
                    ALL_PROXY=p.example:3128           | a_b.example:443  | HTTP p.example:3128
                    ALL_PROXY=p.example:3128           | p.example:3128   | nobody
                    ALL_PROXY=p.example:3128           | p.example:443    | HTTP p.example:3128
                    ALL_PROXY=p.example:3128           | localhost:443    | nobody
                    ALL_PROXY=p.example:3128           | 127.0.0.1:443    | nobody
                    ALL_PROXY=p.example:3128           | in.corp.example:443 | nobody
                    ALL_PROXY=p.example:3128           | in_side.corp.example:443 | nobody
                    ALL_PROXY=p.example:3128           | 10.1.2.3:443     | nobody
                    ALL_PROXY=https://p.example:3128   | a.example:443    | UNKNOWN p.example:3128
                    ALL_PROXY=socks4://p.example       | a.example:443    | UNKNOWN p.example:80
                    ALL_PROXY=http://p_q:3128          | a.example:443    | UNKNOWN ?:80
                    HTTPS_PROXY=                       | a.example:443    | nobody
                    """)
    void whoDials(String setting, String target, String expected) throws Exception {
        int colon = target.lastIndexOf(':');
        String said =
                proxies(setting, "NO_PROXY=.corp.example,10.0.0.0/8")
                        .of(
                                target.substring(0, colon),
                                Integer.parseInt(target.substring(colon + 1)))
                        .map(it -> it.kind() + " " + it.name())
                        .orElse("nobody");
        assertThat(said).isEqualTo(expected);
    }

    @Test
    void aPasswordIsTakenAlongAndNeverShown() throws Exception {
        var proxies = proxies("ALL_PROXY=http://ada:s3%40cret@p.example:3128");
        var proxy = proxies.of("a.example", 443).orElseThrow();
        assertThat(proxy.login()).isEqualTo(new Login("ada", "s3@cret"));
        assertThat(proxy.toString() + proxies.inWords())
                .doesNotContain("s3@cret")
                .doesNotContain("s3%40cret")
                .doesNotContain("ada");
    }

    @Test
    void anAnswerThatSocksHasNoRoomFor() throws Exception {
        var proxies = proxies("ALL_PROXY=socks5://me:" + "x".repeat(256) + "@p.example:3128");
        assertThat(proxies.of("a.example", 443).orElseThrow().kind()).hasToString("UNKNOWN");
    }

    /** Resolvers put the machine's own domains behind every name; those are looked up here. */
    @ParameterizedTest
    @CsvSource({
        "api.example, true",
        "api.example.corp.test, false",
        "corp.test, false",
        "xcorp.test, true",
        "here.direct, false"
    })
    void namesForProxies(String name, boolean isForProxy) throws Exception {
        var proxies = proxies("HTTPS_PROXY=p.example:3128", "NO_PROXY=.direct");
        assertThat(proxies.isName(name, List.of("Corp.test."))).isEqualTo(isForProxy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A=b | NO_PROXY=x | []
                    HTTPS_PROXY=http://p.example:3128 | A=b | [connections but to port 80 go through the proxy p.example:3128]
                    HTTP_PROXY=http://p.example:3128 | A=b | [connections to port 80 go through the proxy p.example:3128]
                    ALL_PROXY=http://me:it@p.example:3128 | NO_PROXY=a,b | [connections go through the proxy p.example:3128, no proxy for a, b]
                    """)
    void inWords(String one, String other, String expected) throws Exception {
        assertThat(proxies(one, other).inWords()).hasToString(expected);
    }
}
