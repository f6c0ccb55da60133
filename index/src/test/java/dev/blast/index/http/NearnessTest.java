package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.IndexLocation;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.Proxies;
import dev.blast.index.settings.TrustedHosts;
import dev.blast.packaging.Host;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearnessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    151.101.0.223        | PUBLIC
                    2a04:4e42::223       | PUBLIC
                    10.0.0.1             | PRIVATE
                    172.16.0.1           | PRIVATE
                    172.32.0.1           | PUBLIC
                    192.168.1.1          | PRIVATE
                    192.0.2.1            | PUBLIC
                    100.64.0.1           | PRIVATE
                    198.18.0.1           | PRIVATE
                    255.255.255.255      | PRIVATE
                    fd12::1              | PRIVATE
                    fec0::1              | PRIVATE
                    127.0.0.1            | LOOPBACK
                    127.1                | LOOPBACK
                    2130706433           | LOOPBACK
                    0.0.0.0              | LOOPBACK
                    ::1                  | LOOPBACK
                    [::1]                | LOOPBACK
                    ::                   | LOOPBACK
                    ::ffff:127.0.0.1     | LOOPBACK
                    ::ffff:10.0.0.1      | PRIVATE
                    ::10.0.0.1           | PRIVATE
                    64:ff9b::a00:1       | PRIVATE
                    2002:a00:1::1        | PRIVATE
                    2002:a9fe:a9fe::1    | LINK
                    169.254.169.254      | LINK
                    fe80::1              | LINK
                    fd00:ec2::254        | LINK
                    224.0.0.1            | LINK
                    0x7f.1               | LOOPBACK
                    1.2.3.4.5            |
                    pypi.example         |
                    127.evil.example     |
                    """)
    void addressesInAnySpelling(String host, Nearness nearness) {
        assertThat(Nearness.ofLiteral(Host.of(host))).isEqualTo(nearness);
    }

    private static Dialling dialling(String index, Set<String> trusted) {
        return new Dialling(
                new IndexConfiguration(
                        List.of(IndexLocation.simple(URI.create(index))),
                        List.of(),
                        Map.of(),
                        List.of(),
                        TrustedHosts.of(List.copyOf(trusted)),
                        Proxies.NONE,
                        IndexConfiguration.DEFAULT_TIMEOUT,
                        0,
                        false,
                        false));
    }

    /** Where an index at the first address points to, and how near that may be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://151.101.0.223/ | https://files.example/   | PUBLIC
                    https://10.0.0.1/      | https://files.example/   | PRIVATE
                    https://127.0.0.1/     | https://files.example/   | LOOPBACK
                    https://169.254.1.1/   | https://files.example/   | LOOPBACK
                    https://10.0.0.1/      | https://10.0.0.1/f       | LOOPBACK
                    https://151.101.0.223/ | https://trusted.example/ | LINK
                    """)
    void nobodyPointsToANearerPlace(String index, String to, Nearness limit) {
        var dialling = dialling(index, Set.of("trusted.example"));
        assertThat(dialling.limit(URI.create(to), URI.create(index))).isEqualTo(limit);
    }

    @Test
    void whatPeopleWriteMayBeNearButNotTheMetadataService() throws Exception {
        var dialling = dialling("https://index.example/", Set.of());
        Nearness limit = dialling.limit(URI.create("https://10.0.0.1/x.whl"), null);
        dialling.check(URI.create("https://10.0.0.1/x.whl"), limit);
        assertThatThrownBy(() -> dialling.check(URI.create("https://169.254.169.254/x.whl"), limit))
                .hasMessageContaining("link-local or metadata address")
                .hasMessageContaining("PIP_TRUSTED_HOST=169.254.169.254");
    }

    @Test
    void theClientGetsWhatWasJudged() throws Exception {
        var dialling = dialling("https://index.example/", Set.of());
        InetAddress[] local = InetAddress.getAllByName("localhost");
        assertThat(dialling.upTo(Nearness.LOOPBACK).lookup("localhost")).containsExactly(local);
        assertThatThrownBy(() -> dialling.upTo(Nearness.PRIVATE).lookup("localhost"))
                .isInstanceOf(NearAddressException.class)
                .hasMessageContaining("loopback address");
    }
}
