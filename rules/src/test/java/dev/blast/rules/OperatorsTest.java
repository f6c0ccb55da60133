package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.vocabulary.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operator says about a value, as the engine sees it. */
final class OperatorsTest {

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    host == "api.example"                     ¦ host=api.example        ¦ true
                    host == "API.Example"                     ¦ host=api.example        ¦ true
                    host == "api.example"                     ¦ host=API.EXAMPLE.       ¦ true
                    host != "api.example"                     ¦ host=api.example        ¦ false
                    host in ( "a.example", "b.example" )      ¦ host=b.example          ¦ true
                    host not in ( "a.example", "b.example" )  ¦ host=c.example          ¦ true
                    host glob "*.example"                     ¦ host=api.example        ¦ true
                    host glob "*.example"                     ¦ host=eu.api.example     ¦ false
                    host glob "**.example"                    ¦ host=eu.api.example     ¦ true
                    host glob "*.example"                     ¦ host=example            ¦ false
                    host glob "a?i.example"                   ¦ host=api.example        ¦ true
                    host glob "a?.example"                    ¦ host=a..example         ¦ false
                    host glob "*"                             ¦ host=intranet           ¦ true
                    host glob "*"                             ¦ host=api.example        ¦ false
                    host glob "**"                            ¦ host=api.example        ¦ true
                    host not glob "*.example"                 ¦ host=api.example        ¦ false
                    host matches "[a-z]+\\\\.example"         ¦ host=api.example        ¦ true
                    host matches "api"                        ¦ host=api.example        ¦ false
                    host not matches "api"                    ¦ host=api.example        ¦ true
                    host matches "(a+)+b"                     ¦ host=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac ¦ false
                    port == 443                               ¦ port=443                ¦ true
                    port != 443                               ¦ port=443                ¦ false
                    port < 1024                               ¦ port=1023               ¦ true
                    port < 1024                               ¦ port=1024               ¦ false
                    port <= 1024                              ¦ port=1024               ¦ true
                    port > 1024                               ¦ port=1024               ¦ false
                    port >= 1024                              ¦ port=1024               ¦ true
                    port in ( 80, 443 )                       ¦ port=443                ¦ true
                    port >= 1 && port <= 2                    ¦ port=2                  ¦ true
                    port == 1 || port == 2                    ¦ port=2                  ¦ true
                    ( port == 1 || port == 2 ) && host == "x" ¦ port=2,host=y           ¦ false
                    port == 400 + 43                          ¦ port=443                ¦ true
                    port == 886 / 2                           ¦ port=443                ¦ true
                    port == ( 1 + 2 ) * 3                     ¦ port=9                  ¦ true
                    port == 10 - 2 - 3                        ¦ port=5                  ¦ true
                    port > 442.5                              ¦ port=443                ¦ true
                    protocol == TCP                           ¦ port=1                  ¦ true
                    protocol == "UDP"                         ¦ protocol=UDP            ¦ true
                    protocol in ( UDP, UNIX )                 ¦ protocol=TCP            ¦ false
                    address within "10.0.0.0/8"               ¦ address=10.1.2.3        ¦ true
                    address within "10.0.0.0/8"               ¦ address=11.1.2.3        ¦ false
                    address not within "10.0.0.0/8"           ¦ address=11.1.2.3        ¦ true
                    address within "fd00::/8"                 ¦ address=fd12::1         ¦ true
                    address within "fd00::/8"                 ¦ address=10.1.2.3        ¦ false
                    address within "0.0.0.0/0"                ¦ address=1.2.3.4         ¦ true
                    address within "192.168.7.16/28"          ¦ address=192.168.7.31    ¦ true
                    address within "192.168.7.16/28"          ¦ address=192.168.7.32    ¦ false
                    address == "10.0.0.1"                     ¦ address=10.0.0.1        ¦ true
                    address == null                           ¦ port=1                  ¦ true
                    address != null                           ¦ port=1                  ¦ false
                    address within "10.0.0.0/8"               ¦ port=1                  ¦ false
                    address not within "10.0.0.0/8"           ¦ port=1                  ¦ true
                    program under "/usr"                      ¦ program=/usr/bin/python ¦ true
                    program under "/usr"                      ¦ program=/usr            ¦ true
                    program under "/usr"                      ¦ program=/usrlocal/x     ¦ false
                    program under "/usr"                      ¦ program=/usr/../etc/x   ¦ false
                    program not under "/usr"                  ¦ program=/opt/x          ¦ true
                    program under "~"                         ¦ program=/home/somebody/x ¦ true
                    program under "./.venv"                   ¦ program=/home/somebody/shop/.venv/bin/x ¦ true
                    program == "~/bin/x"                      ¦ program=/home/somebody/bin/x ¦ true
                    program glob "/usr/bin/*"                 ¦ program=/usr/bin/python ¦ true
                    program glob "/usr/*"                     ¦ program=/usr/bin/python ¦ false
                    program glob "/usr/**"                    ¦ program=/usr/bin/python ¦ true
                    program glob "./**/python"                ¦ program=/home/somebody/shop/.venv/bin/python ¦ true
                    program glob "./**/python"                ¦ program=/home/somebody/shop/python ¦ true
                    program glob "./**/python"                ¦ program=/home/somebody/python ¦ false
                    program in ( "/bin/sh", "~/x" )           ¦ program=/home/somebody/x ¦ true
                    """)
    void onConnections(String constraint, String fields, boolean expected) {
        Map<String, @Nullable Object> values = values("host=somewhere.example,port=1");
        values.putAll(values(fields));
        Connection connection = Records.make(Connection.class, values);
        assertThat(allows("Connection( " + constraint + " )", connection)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    name == "Zope.Interface"            ¦ name=zope-interface         ¦ true
                    name glob "zope-*"                  ¦ name=zope.interface         ¦ true
                    name glob "Zope.*"                  ¦ name=zope_interface         ¦ true
                    name matches "zope-.*"              ¦ name=zope.interface         ¦ true
                    version == "1.0"                    ¦ version=1                   ¦ true
                    version < "1.10"                    ¦ version=1.9                 ¦ true
                    version < "2.0"                     ¦ version=2.0rc1              ¦ true
                    version satisfies ">=1,<2"          ¦ version=1.5                 ¦ true
                    version satisfies ">=1,<2"          ¦ version=2.0                 ¦ false
                    version satisfies ">=1"             ¦ version=2.0rc1              ¦ true
                    version not satisfies "~=1.4"       ¦ version=1.3                 ¦ true
                    version satisfies "==1.*"           ¦ version=1.9                 ¦ true
                    ageDays < 7                         ¦ ageDays=6                   ¦ true
                    ageDays < 7                         ¦ version=1                   ¦ false
                    ageDays >= 7                        ¦ version=1                   ¦ false
                    ageDays == null                     ¦ version=1                   ¦ true
                    ageDays != 3                        ¦ version=1                   ¦ true
                    downloadBytes > "1 MiB"             ¦ downloadBytes=1048577       ¦ true
                    downloadBytes > "1 MiB"             ¦ downloadBytes=1048576       ¦ false
                    downloadBytes >= 1000               ¦ downloadBytes=1000          ¦ true
                    downloadBytes == "1.5 kB"           ¦ downloadBytes=1500          ¦ true
                    released > "2026-01-31"             ¦ released=2026-02-01         ¦ true
                    released > "2026-01-31"             ¦ released=2026-01-31         ¦ false
                    advisories contains "A-1"           ¦ advisories=A-1              ¦ true
                    advisories not contains "A-1"       ¦ version=1                   ¦ true
                    advisories == null                  ¦ version=1                   ¦ true
                    advisories != null                  ¦ advisories=A-1              ¦ true
                    license not in ( "MIT", "BSD" )     ¦ license=GPL                 ¦ true
                    license not in ( "MIT", "BSD" )     ¦ version=1                   ¦ true
                    yanked == true                      ¦ yanked=true                 ¦ true
                    yanked != true                      ¦ version=1                   ¦ true
                    $a : ageDays, downloadBytes > "1 B" + "1 B" ¦ downloadBytes=3     ¦ true
                    $b : downloadBytes, downloadBytes < $b + "1 B" ¦ downloadBytes=3  ¦ true
                    """)
    void onCandidates(String constraint, String fields, boolean expected) {
        Map<String, @Nullable Object> values = values("name=x,version=1");
        values.putAll(values(fields));
        assertThat(allows("Candidate( " + constraint + " )", Records.make(Candidate.class, values)))
                .isEqualTo(expected);
    }

    private static boolean allows(String when, Object subject) {
        Policy policy = Fixtures.policy("rule \"r\" when " + when + " then allow(); end");
        return switch (subject) {
            case Connection connection -> policy.judge(connection, Fixtures.SOMEBODY).allowed();
            case Candidate candidate -> policy.judge(candidate, Fixtures.SOMEBODY).allowed();
            default -> throw new IllegalArgumentException(subject.toString());
        };
    }

    private static Map<String, @Nullable Object> values(String fields) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String field : fields.split(",", -1)) {
            String name = field.substring(0, field.indexOf('='));
            String value = field.substring(field.indexOf('=') + 1);
            values.put(
                    name,
                    switch (name) {
                        case "port", "ageDays", "downloadBytes" -> Long.valueOf(value);
                        case "yanked" -> Boolean.valueOf(value);
                        case "advisories" -> List.of(value);
                        default -> value;
                    });
        }
        return values;
    }
}
