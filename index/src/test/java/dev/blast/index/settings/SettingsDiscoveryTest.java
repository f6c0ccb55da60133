package dev.blast.index.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.http.ProxyRoute;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What people have configured, in a machine made of one folder: {@code etc} below it, a home, an
 * environment.
 */
class SettingsDiscoveryTest {
    @TempDir Path root;

    private final Map<String, String> variables = new HashMap<>();
    private BuiltInIndex builtIn =
            () -> IndexLocation.simple(URI.create("https://built-in.example/simple"));

    private Path home() {
        return root.resolve("home");
    }

    private IndexConfiguration discover(IndexOptions options) throws IndexException {
        return new SettingsDiscovery(variables, home(), root, options, builtIn).configuration();
    }

    private static IndexOptions options(@Nullable String indexUrl, String... extra) {
        return new IndexOptions(indexUrl, List.of(extra), List.of(), false, false, false, null);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String hosts(List<IndexLocation> locations) {
        return locations.stream()
                .map(location -> location.uri().getHost().replace(".example", ""))
                .collect(Collectors.joining(" "));
    }

    /**
     * One row: what is set, and the indexes in the order in which they are asked. Every address is
     * https://WORD.example/.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing                                                            | built-in
                    PIP_INDEX_URL=a                                                    | a
                    PIP_INDEX_URL=a UV_INDEX_URL=b                                     | b
                    PIP_INDEX_URL=a UV_INDEX_URL=b UV_DEFAULT_INDEX=c                  | c
                    UV_DEFAULT_INDEX=name=c                                            | c
                    PIP_INDEX_URL=a UV_DEFAULT_INDEX=c --index-url=d                   | d
                    PIP_EXTRA_INDEX_URL=e,f                                            | e f built-in
                    PIP_INDEX_URL=a PIP_EXTRA_INDEX_URL=e                              | e a
                    PIP_INDEX_URL=a PIP_EXTRA_INDEX_URL=a                              | a
                    UV_INDEX=name=g,h UV_EXTRA_INDEX_URL=i PIP_EXTRA_INDEX_URL=e       | g h i built-in
                    PIP_EXTRA_INDEX_URL=e --extra-index-url=j                          | j e built-in
                    --index-url=d --extra-index-url=j                                  | j d
                    PIP_INDEX_URL=a PIP_EXTRA_INDEX_URL=built-in                       | a built-in
                    PIP_INDEX_URL=built-in PIP_EXTRA_INDEX_URL=e                       | e built-in
                    etc/pip.conf=k                                                     | k
                    etc/pip.conf=k etc/xdg/pip/pip.conf=l                              | k
                    etc/pip.conf=k home/.pip/pip.conf=m                                | m
                    etc/pip.conf=k home/.pip/pip.conf=m home/.config/pip/pip.conf=n    | n
                    home/.config/pip/pip.conf=n env/pip.conf=o                         | o
                    env/pip.conf=o PIP_CONFIG_FILE=named:p                             | p
                    home/.config/pip/pip.conf=n PIP_CONFIG_FILE=named:p                | p
                    home/.config/pip/pip.conf=n PIP_CONFIG_FILE=/dev/null              | built-in
                    home/.config/pip/pip.conf=n PIP_INDEX_URL=a                        | a
                    """)
    void theFirstThatSaysSomethingCounts(String given, String expected) throws Exception {
        String indexUrl = null;
        String[] extra = {};
        for (String setting : given.split(" +", -1)) {
            String name = setting.split("=", 2)[0];
            String value = setting.substring(setting.indexOf('=') + 1);
            String addresses =
                    Arrays.stream(value.split(","))
                            .map(word ->
                                    word.contains("=")
                                            ? word.replace("=", "=https://")
                                            : "https://" + word)
                            .map(word -> word + ".example/simple")
                            .collect(Collectors.joining(" "));
            if (name.equals("--index-url")) {
                indexUrl = addresses;
            } else if (name.equals("--extra-index-url")) {
                extra = new String[] {addresses};
            } else if (value.equals("/dev/null")) {
                variables.put(name, value);
            } else if (value.startsWith("named:")) {
                write(
                        "named.conf",
                        "[global]\nindex-url = https://"
                                + value.substring(6)
                                + ".example/simple\n");
                variables.put(name, root.resolve("named.conf").toString());
            } else if (name.endsWith(".conf")) {
                write(name, "[global]\nindex-url = " + addresses + "\n");
            } else if (!name.equals("nothing")) {
                variables.put(name, addresses);
            }
        }
        assertThat(hosts(discover(options(indexUrl, extra).in(root.resolve("env"))).indexes()))
                .isEqualTo(expected);
    }

    @Test
    void sectionsSpellingsAndManyLinesAsPipReadsThem() throws Exception {
        write(
                "etc/pip.conf",
                """
                # of the machine
                [global]
                Index_URL: https://a.example/simple
                extra-index-url =
                    https://b.example/simple
                    ; not this one
                    https://c.example/simple
                timeout = 7.5
                [install]
                --index-url = https://d.example/simple
                trusted-host = Plain.Example.
                    other.example:8080
                [freeze]
                index-url = https://x.example/
                no sense at all
                """);
        write(
                "home/.config/pip/pip.conf",
                "[global]\nindex-url = https://e.example/simple\nretries = 9\n");
        IndexConfiguration configuration = discover(IndexOptions.NONE);
        assertThat(hosts(configuration.indexes()))
                .as("a section outweighs a file")
                .isEqualTo("b c d");
        assertThat(configuration.timeout()).isEqualTo(Duration.ofMillis(7500));
        assertThat(configuration.retries()).isEqualTo(9);
        assertThat(configuration.trustedHosts())
                .isEqualTo(TrustedHosts.of(List.of("plain.example", "other.example:8080")));
    }

    /** The environment's file may be anything, and the environment too. */
    @Test
    void whatTheEnvironmentHasInPlaceOfItsFile() throws Exception {
        IndexOptions options = IndexOptions.NONE.in(root.resolve("env"));
        write("env", "no folder");
        assertThat(hosts(discover(options).indexes())).isEqualTo("built-in");
        Files.delete(root.resolve("env"));
        write("env/pip.conf", "\uFEFF[global]\nindex-url = https://a.example/simple\n");
        assertThat(hosts(discover(options).indexes())).isEqualTo("a");
        Path file = root.resolve("env/pip.conf");
        Files.write(file, new byte[] {'#', -23, '\n'});
        assertThatThrownBy(() -> discover(options))
                .hasMessageEndingWith(": it is not text in UTF-8");
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> discover(options))
                .hasMessageEndingWith(": it is no ordinary file");
    }

    /** A repository may bring an environment along, and with it this file. */
    @Test
    void theEnvironmentsOwnFileDoesNotWeakenAConnection() throws Exception {
        write("etc/pip.conf", "[global]\nproxy = http://ours.example:3128\n");
        write(
                "env/pip.conf",
                """
                [global]
                index-url = https://a.example/simple
                cert = theirs.pem
                [install]
                proxy = http://theirs.example:3128
                trusted_host = private.example
                """);
        IndexConfiguration configuration = discover(IndexOptions.NONE.in(root.resolve("env")));
        assertThat(hosts(configuration.indexes())).isEqualTo("a");
        assertThat(configuration.proxies().https())
                .isEqualTo(URI.create("http://ours.example:3128"));
        assertThat(configuration.trustedHosts()).isEqualTo(TrustedHosts.NONE);
        assertThat(configuration.certificates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            textBlock =
                    """
                    -                    | etc/ssl/certs/ca-certificates.crt
                    SSL_CERT_FILE        | SSL_CERT_FILE
                    SSL_CERT_DIR         | SSL_CERT_DIR
                    SSL_CERT_DIR SSL_CERT_FILE | SSL_CERT_FILE SSL_CERT_DIR
                    SSL_CERT_FILE CURL_CA_BUNDLE | CURL_CA_BUNDLE
                    CURL_CA_BUNDLE REQUESTS_CA_BUNDLE | REQUESTS_CA_BUNDLE
                    REQUESTS_CA_BUNDLE PIP_CERT | PIP_CERT
                    """)
    void certificates(@Nullable String set, String expected) throws Exception {
        write("etc/ssl/certs/ca-certificates.crt", "");
        for (String name : set == null ? new String[0] : set.split(" ")) {
            write(name, "");
            variables.put(name, root.resolve(name).toString());
        }
        assertThat(discover(IndexOptions.NONE).certificates())
                .isEqualTo(Stream.of(expected.split(" ")).map(root::resolve).toList());
    }

    @Test
    void whatIsNamedIsTrustedOrAnErrorLater() throws Exception {
        assertThat(discover(IndexOptions.NONE).certificates()).as("Java's own").isEmpty();
        Path there = Files.createDirectory(root.resolve("there"));
        Path gone = root.resolve("gone");
        write("etc/ssl/certs/ca-certificates.crt", "");
        variables.put("SSL_CERT_DIR", gone + ":" + there);
        assertThat(discover(IndexOptions.NONE).certificates()).containsExactly(there);
        variables.put("SSL_CERT_DIR", gone.toString());
        assertThat(discover(IndexOptions.NONE).certificates()).containsExactly(gone);
        variables.put("SSL_CERT_FILE", gone.toString());
        assertThat(discover(IndexOptions.NONE).certificates()).containsExactly(gone, gone);
    }

    @Test
    void findLinksArePlacesOfAnyKind() throws Exception {
        variables.put("PIP_FIND_LINKS", "~/wheels https://links.example/page.html");
        var options =
                new IndexOptions(null, List.of(), List.of("/opt/more"), true, true, false, null);
        IndexConfiguration configuration = discover(options);
        assertThat(configuration.indexes()).isEmpty();
        assertThat(configuration.offline()).isTrue();
        assertThat(configuration.findLinks())
                .extracting(location -> location.form() + " " + location)
                .containsExactly(
                        "LINKS file:///opt/more",
                        "LINKS " + home().resolve("wheels").toUri(),
                        "LINKS https://links.example/page.html");
        variables.put("UV_FIND_LINKS", "/a,/b");
        assertThat(discover(options).findLinks()).hasSize(3);
    }

    @Test
    void nowhereToLookIsAnError() {
        variables.put("PIP_NO_INDEX", "on");
        assertThatThrownBy(() -> discover(IndexOptions.NONE))
                .hasMessageStartingWith("there is nowhere to look: indexes are switched off");
        variables.put("PIP_NO_INDEX", "perhaps");
        assertThatThrownBy(() -> discover(IndexOptions.NONE))
                .hasMessage("pip's option 'no-index' is 'perhaps', and should be true or false");
    }

    @Test
    void pipIsAskedOnlyWhereNothingElseNamesTheIndex() throws Exception {
        builtIn =
                () -> {
                    throw new IndexException(Kind.CONFIGURATION, "no pip");
                };
        assertThatThrownBy(() -> discover(IndexOptions.NONE)).hasMessage("no pip");
        assertThat(hosts(discover(options("https://a.example/")).indexes())).isEqualTo("a");
        assertThat(hosts(discover(options("https://a.example/", "https://b.example/")).indexes()))
                .isEqualTo("b a");
    }

    @Test
    void credentialsAreTakenOutOfAddressesAndReadFromNetrc() throws Exception {
        variables.put("PIP_INDEX_URL", "https://us%40er:p%3Aw+d@a.example/simple");
        write("home/.netrc", "machine files.example login me password \"a \\\"b\\\"\"\n");
        IndexConfiguration configuration = discover(IndexOptions.NONE);
        assertThat(configuration.indexes().getFirst().uri())
                .hasToString("https://a.example/simple");
        assertThat(configuration.indexes().getFirst().credentials())
                .isEqualTo(new Credentials("us@er", "p:w+d"));
        assertThat(configuration.hosts())
                .isEqualTo(Map.of("files.example", new Credentials("me", "a \"b\"")));
        assertThat(configuration.toString())
                .doesNotContain("p:w")
                .doesNotContain("a \"b")
                .doesNotContain("us@er");
        write("elsewhere", "default login x password y");
        variables.put("NETRC", root.resolve("elsewhere").toString());
        assertThat(discover(IndexOptions.NONE).hosts())
                .isEqualTo(Map.of("", new Credentials("x", "y")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                            ftp://a.example/simple           | 'ftp://a.example/simple' cannot be an index
                            https://me:se/cret@a.example/    | the host of 'https://***@a.example/' cannot be read
                    https://me:p@ss@a.example/       | the host of 'https://***@a.example/' cannot be read
                    https://a_b.example/             | the host of 'https://a_b.example/' cannot be read
                    https:///simple                  | 'https:///simple' cannot be an index
                            https://me:secret@a b.example/   | 'https://***@a b.example/' is not an address
                    """)
    void anAddressThatIsNoneIsSaidWithoutItsSecrets(String address, String message) {
        assertThatThrownBy(() -> discover(options(address))).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            textBlock =
                    """
                    HTTPS_PROXY=http://p.example:3128      | http://p.example:3128 | -
                    https_proxy=p.example:3128             | http://p.example:3128 | -
                    http_proxy=http://p.example:3128       | -                     | http://p.example:3128
                    ALL_PROXY=http://me:it@p.example:3128  | http://p.example:3128 | http://p.example:3128
                    PIP_PROXY=http://p.example:3128        | http://p.example:3128 | http://p.example:3128
                    """)
    void proxies(String setting, @Nullable String https, @Nullable String http) throws Exception {
        variables.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        Proxies proxies = discover(IndexOptions.NONE).proxies();
        assertThat(proxies.https()).isEqualTo(https == null ? null : URI.create(https));
        assertThat(proxies.http()).isEqualTo(http == null ? null : URI.create(http));
        assertThat(proxies.credentials().keySet())
                .isEqualTo(
                        setting.contains("@")
                                ? Set.of(URI.create("http://p.example:3128"))
                                : Set.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    socks5://p.example:1080       | https://a.example/   | true
                    socks5h://p.example           | https://a.example/   | true
                    http://p.example              | https://a.example/   | true
                    socks5://me:it@p.example:1080 | https://a.example/   | false
                    https://p.example:1080        | https://a.example/   | false
                    socks4://p.example:1080       | https://a.example/   | false
                    http://me:p@ss@p.example:1080 | https://a.example/   | false
                    http://me:p/ss@p.example:1080 | https://a.example/   | false
                    ftp://p.example:1080          | https://a.example/   | false
                    ftp://p.example:1080          | https://127.0.0.1/   | true
                    ftp://p.example:1080          | https://b.direct/    | true
                    """)
    void aProxyOfAnotherKindMattersWhereItWouldBeUsed(String proxy, String uri, boolean usable)
            throws Exception {
        variables.put("ALL_PROXY", proxy);
        variables.put("NO_PROXY", ".direct");
        Proxies proxies = discover(IndexOptions.NONE).proxies();
        if (usable) {
            ProxyRoute.check(proxies, URI.create(uri));
        } else {
            assertThatThrownBy(() -> ProxyRoute.check(proxies, URI.create(uri)))
                    .hasMessageContaining("p.example")
                    .hasMessageNotContaining("p@ss")
                    .hasMessageContaining("cannot be used: it must be http://host:port")
                    .hasMessageNotContaining("me:it");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    UV_INDEX         | corp=https://c.example/     | CORP
                    UV_INDEX         | my-corp.1=https://c.example/ | MY_CORP_1
                    UV_DEFAULT_INDEX | corp=https://c.example/     | CORP
                    """)
    void anIndexWithANameHasTheCredentialsOfThatName(String variable, String value, String name)
            throws Exception {
        variables.put("PIP_INDEX_URL", "https://a.example/");
        variables.put(variable, value);
        variables.put("UV_INDEX_" + name + "_USERNAME", "user");
        variables.put("UV_INDEX_" + name + "_PASSWORD", "secret");
        assertThat(discover(IndexOptions.NONE).indexes().getFirst().credentials())
                .isEqualTo(new Credentials("user", "secret"));
    }

    @Test
    void moreOfWhatIsSet() throws Exception {
        variables.put("PIP_INDEX_URL", "https://a.example/");
        variables.put("PIP_CLIENT_CERT", "/me.pem");
        variables.put("PIP_REQUIRE_HASHES", "1");
        variables.put("UV_OFFLINE", "true");
        variables.put("UV_REQUEST_TIMEOUT", "7");
        variables.put("XDG_CONFIG_HOME", "relative");
        IndexConfiguration configuration = discover(IndexOptions.NONE);
        assertThat(configuration.clientCertificate()).hasToString("/me.pem");
        assertThat(configuration.hashesRequired()).isTrue();
        assertThat(configuration.offline()).isTrue();
        assertThat(configuration.timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatIsNotFollowedIsNamed() throws Exception {
        write("home/.config/pip/pip.conf", "[install]\nno-deps = yes\nuser = false\n");
        variables.put("PIP_PRE", "1");
        variables.put("PIP_NO_BINARY", ":none:");
        variables.put("PIP_ONLY_BINARY", ":all:");
        variables.put("PIP_QUIET", "1");
        variables.put("PIP_CONSTRAINT", "/c.txt d.txt");
        variables.put("UV_CONSTRAINT", "e.txt");
        variables.put("UV_RESOLUTION", "lowest");
        variables.put("UV_INDEX_STRATEGY", "first-index");
        ForeignSettings settings = ForeignSettings.read(variables, home(), root, null, null);
        assertThat(settings.constraints()).containsExactly("/c.txt", "d.txt", "e.txt");
        assertThat(settings.unread())
                .containsExactly("'no-deps' in pip's configuration", "UV_RESOLUTION");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "soon", "1e9"})
    void aTimeoutMustBeSeconds(String timeout) {
        variables.put("PIP_DEFAULT_TIMEOUT", timeout);
        assertThatThrownBy(() -> discover(IndexOptions.NONE))
                .hasMessage("the timeout '%s' is no number of seconds".formatted(timeout));
    }
}
