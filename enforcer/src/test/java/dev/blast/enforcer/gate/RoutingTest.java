package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ForwardProxy.Kind;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who dials, and what is judged: a proxy stands before ports 80 and 443 alone. */
final class RoutingTest {
    private static final ForwardProxy PROXY = new ForwardProxy(Kind.HTTP, "p.example", 3128, null);

    private static final String RULES =
            """
            rule "names" when Connection( host == "api.example" ) then allow(); end
            rule "a database" when Connection( host == "db.example", toPrivate == true ) then allow(); end
            rule "a network" when Connection( address within "192.0.2.0/24" ) then allow(); end
            rule "a server here" when Connection( host == "localhost" ) then allow(); end
            rule "not there" when Connection( address within "192.0.2.128/25" ) then deny(); end
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.example    |              | 443  | allowed through api.example:443",
                "api.example    | 198.51.100.1 | 443  | allowed through api.example:443",
                "api.example    | 198.51.100.1 | 5432 | allowed direct 198.51.100.1:5432",
                "api.example    |              | 5432 | a look-up",
                "api.example    | 10.0.0.1     | 443  | refused direct 10.0.0.1:443",
                "api.example    | 127.0.0.1    | 443  | refused direct 127.0.0.1:443",
                "api.example    | 169.254.169.254 | 80 | refused direct 169.254.169.254:80",
                "db.example     |              | 443  | a look-up",
                "db.example     | 10.0.0.1     | 443  | allowed direct 10.0.0.1:443",
                "db.example     | 198.51.100.1 | 443  | refused through 198.51.100.1:443",
                "other.example  | 192.0.2.1    | 443  | allowed through 192.0.2.1:443",
                "other.example  | 192.0.2.129  | 443  | refused through 192.0.2.129:443",
                "192.0.2.1      | 192.0.2.1    | 443  | allowed through 192.0.2.1:443",
                "192.0.2.1      | 192.0.2.1    | 22   | allowed direct 192.0.2.1:22",
                "192.0.2.129    | 192.0.2.129  | 443  | refused through 192.0.2.129:443",
                "10.0.0.1       | 10.0.0.1     | 443  | refused direct 10.0.0.1:443",
                "169.254.169.254 | 169.254.169.254 | 80 | refused direct 169.254.169.254:80",
                "localhost      | 127.0.0.1    | 80   | allowed direct 127.0.0.1:80",
            })
    void route(String host, @Nullable String address, int port, String expected) {
        var keeper =
                new RuledKeeper(RULES).proxied(PROXY, (_, asked) -> asked == 443 || asked == 80);
        var to =
                new Destination.Outside(
                        host, address == null ? null : InetAddress.ofLiteral(address), port);
        String said =
                new Routing(keeper)
                        .route(to, null)
                        .map(it -> (it.isAllowed() ? "allowed " : "refused ") + text(it.target()))
                        .orElse("a look-up");
        assertThat(said).isEqualTo(expected);
    }

    private static String text(DialTarget target) {
        return switch (target) {
            case DialTarget.Direct(InetAddress address, int port) ->
                    "direct " + address.getHostAddress() + ":" + port;
            case DialTarget.Through(_, var host, int port) -> "through " + host + ":" + port;
        };
    }
}
