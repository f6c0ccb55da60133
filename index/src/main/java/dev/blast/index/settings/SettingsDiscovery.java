package dev.blast.index.settings;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexLocation.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which indexes people have configured for the tools that they use. Each setting is taken
 * from the first that has it.
 */
final class SettingsDiscovery {
    /** Where distributions keep the authorities that everybody on the machine trusts. */
    private static final List<String> SYSTEM_CERTIFICATES =
            List.of(
                    "etc/ssl/certs/ca-certificates.crt", // Debian, Arch, Gentoo
                    "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
                    "etc/ssl/ca-bundle.pem", // SUSE
                    "etc/ssl/cert.pem"); // Alpine

    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_.-]+)=(?=[A-Za-z]+:|/|\\.)");

    private final Map<String, String> variables;
    private final Path home;
    private final Path root;
    private final IndexOptions options;
    private final BuiltInIndex builtIn;
    private final PipSettings pip;

    SettingsDiscovery(
            Map<String, String> variables,
            Path home,
            Path root,
            IndexOptions options,
            BuiltInIndex builtIn)
            throws IndexException {
        this.variables = variables;
        this.home = home;
        this.root = root;
        this.options = options;
        this.builtIn = builtIn;
        this.pip = PipSettings.read(variables, home, root, options.environment());
    }

    IndexConfiguration configuration() throws IndexException {
        boolean noIndex = options.noIndex() || pip.flag("no-index") || flag("UV_NO_INDEX");
        List<IndexLocation> findLinks = findLinks();
        if (noIndex && findLinks.isEmpty()) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    "there is nowhere to look: indexes are switched off (--no-index or PIP_NO_INDEX), and no --find-links is given");
        }
        return new IndexConfiguration(
                noIndex ? List.of() : indexes(),
                findLinks,
                Netrc.of(variables, home),
                certificates(),
                TrustedHosts.of(
                        Stream.concat(
                                        pip.values("trusted-host").stream(),
                                        words("UV_INSECURE_HOST").stream())
                                .toList()),
                Proxies.of(variables, pip),
                timeout(),
                number(
                        first(List.of(variable("UV_HTTP_RETRIES"), pip.value("retries")))
                                .orElse(null),
                        IndexConfiguration.DEFAULT_RETRIES,
                        "retries"),
                options.offline() || flag("UV_OFFLINE"),
                options.refresh(),
                first(List.of(pip.value("client-cert"), variable("SSL_CLIENT_CERT")))
                        .map(Path::of)
                        .orElse(null),
                pip.flag("require-hashes") || flag("UV_REQUIRE_HASHES"),
                Map.of(),
                strategy());
    }

    private IndexStrategy strategy() throws IndexException {
        Optional<String> word =
                first(
                        List.of(
                                Optional.ofNullable(options.strategy()),
                                variable("UV_INDEX_STRATEGY")));
        try {
            return word.map(IndexStrategy::of).orElse(IndexStrategy.FIRST_INDEX);
        } catch (IllegalArgumentException e) {
            throw new IndexException(Kind.CONFIGURATION, "index-strategy: " + e.getMessage());
        }
    }

    /**
     * The extra ones, then the main one: a private index added to the public one must be asked
     * before it. For the same reason the built-in index goes to the end also where it was given as
     * an extra one.
     */
    private List<IndexLocation> indexes() throws IndexException {
        var indexes = new LinkedHashSet<IndexLocation>();
        for (String extra : extraIndexUrls()) {
            indexes.add(location(extra));
        }
        Optional<String> main =
                first(
                        List.of(
                                Optional.ofNullable(options.indexUrl()),
                                variable("UV_DEFAULT_INDEX"),
                                variable("UV_INDEX_URL"),
                                pip.value("index-url"),
                                pip.value("pypi-url")));
        if (main.isEmpty()) {
            IndexLocation location = builtIn.location();
            indexes.removeIf(index -> isSame(index, location));
            indexes.add(location);
            return List.copyOf(indexes);
        }
        indexes.add(location(main.get()));
        return indexes.size() == 1 ? List.copyOf(indexes) : builtInLast(indexes);
    }

    private List<IndexLocation> builtInLast(Set<IndexLocation> indexes) {
        IndexLocation location;
        try {
            location = builtIn.location();
        } catch (IndexException e) {
            return List.copyOf(
                    indexes); // without a pip there is no built-in index to tell from the others
        }
        return Stream.concat(
                        indexes.stream().filter(index -> !isSame(index, location)),
                        indexes.stream().filter(index -> isSame(index, location)))
                .toList();
    }

    private static boolean isSame(IndexLocation one, IndexLocation other) {
        return Addresses.asFolder(one.uri()).equals(Addresses.asFolder(other.uri()));
    }

    private List<String> extraIndexUrls() {
        var extras = new ArrayList<>(options.extraIndexUrls());
        List<String> uv =
                Stream.concat(words("UV_INDEX").stream(), words("UV_EXTRA_INDEX_URL").stream())
                        .toList();
        extras.addAll(uv.isEmpty() ? pip.values("extra-index-url") : uv);
        return extras;
    }

    private List<IndexLocation> findLinks() throws IndexException {
        var given = new LinkedHashSet<>(options.findLinks());
        List<String> uv =
                variable("UV_FIND_LINKS")
                        .map(text -> List.of(text.split("[,\\s]+")))
                        .orElse(List.of());
        given.addAll(uv.isEmpty() ? pip.values("find-links") : uv);
        var locations = new ArrayList<IndexLocation>();
        for (String place : given) {
            locations.add(Addresses.location(place, Form.LINKS, home));
        }
        return locations;
    }

    /**
     * What is named is used, and an error where it cannot be read: nobody is trusted in its place.
     * Of several folders in {@code SSL_CERT_DIR} some are often not there.
     */
    private List<Path> certificates() {
        Optional<String> bundle =
                first(
                        List.of(
                                pip.value("cert"),
                                variable("REQUESTS_CA_BUNDLE"),
                                variable("CURL_CA_BUNDLE")));
        if (bundle.isPresent()) {
            return List.of(Path.of(bundle.get()));
        }
        var named = new ArrayList<Path>();
        variable("SSL_CERT_FILE").map(Path::of).ifPresent(named::add);
        List<Path> folders =
                variable("SSL_CERT_DIR").stream()
                        .flatMap(value -> Stream.of(value.split(":")))
                        .map(Path::of)
                        .toList();
        List<Path> there = folders.stream().filter(Files::exists).toList();
        named.addAll(there.isEmpty() ? folders : there);
        return named.isEmpty()
                ? SYSTEM_CERTIFICATES.stream()
                        .map(root::resolve)
                        .filter(Files::isReadable)
                        .limit(1)
                        .toList()
                : named;
    }

    private Duration timeout() throws IndexException {
        Optional<String> given =
                first(
                        List.of(
                                variable("UV_HTTP_TIMEOUT"),
                                variable("UV_REQUEST_TIMEOUT"),
                                variable("HTTP_TIMEOUT"),
                                pip.value("timeout"),
                                pip.value("default-timeout")));
        if (given.isEmpty()) {
            return IndexConfiguration.DEFAULT_TIMEOUT;
        }
        try {
            double seconds = Double.parseDouble(given.get());
            if (seconds > 0 && seconds < 1e6) {
                return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IndexException(
                Kind.CONFIGURATION,
                "the timeout '%s' is no number of seconds".formatted(given.get()));
    }

    private static int number(@Nullable String given, int otherwise, String what)
            throws IndexException {
        if (given == null) {
            return otherwise;
        }
        if (!given.matches("\\d{1,4}")) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    "%s is '%s', and should be a number".formatted(what, given));
        }
        return Integer.parseInt(given);
    }

    /**
     * An index as uv's variables give it too: with a name before its address, by which other
     * variables may give its credentials.
     */
    private IndexLocation location(String index) throws IndexException {
        Matcher named = NAMED.matcher(index);
        IndexLocation location = Addresses.location(named.replaceFirst(""), Form.SIMPLE, home);
        if (location.credentials() != null || !named.lookingAt()) {
            return location;
        }
        String name =
                "UV_INDEX_" + named.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        Optional<String> user = variable(name + "_USERNAME");
        Optional<String> password = variable(name + "_PASSWORD");
        return user.isEmpty() && password.isEmpty()
                ? location
                : new IndexLocation(
                        location.uri(),
                        Form.SIMPLE,
                        new Credentials(user.orElse(""), password.orElse("")));
    }

    private boolean flag(String name) {
        return variable(name)
                .filter(value -> value.toLowerCase(Locale.ROOT).matches("1|true|yes|y|t|on"))
                .isPresent();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private List<String> words(String name) {
        return variable(name).map(value -> List.of(value.split("\\s+"))).orElse(List.of());
    }

    private static Optional<String> first(List<Optional<String>> given) {
        return given.stream().flatMap(Optional::stream).findFirst();
    }
}
