package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.WheelName;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.UnsupportedRequirementException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Reads requirements that name an address ({@code name @ url}, PEP 508). Wheels behind {@code
 * file:} and {@code https:} are taken.
 */
final class AddressedWheel {
    private static final Map<String, Integer> DIGITS =
            Map.of("sha256", 64, "sha384", 96, "sha512", 128);

    private AddressedWheel() {}

    /**
     * The file behind the address, without the user and password in it. Hashes are taken from its
     * fragment.
     *
     * @throws UnsupportedRequirementException for anything else than a wheel of that name
     */
    static DistributionFile of(RootRequirement root) {
        String url = Redaction.strip(Objects.requireNonNull(root.requirement().url()));
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedRequirementException(
                    root, "'%s' is not an address".formatted(url));
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("file") && !scheme.equals("https") && !scheme.equals("http")) {
            throw new UnsupportedRequirementException(
                    root,
                    "only wheels behind file: and https: addresses can be installed, not '%s'"
                            .formatted(url));
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String filename = path.substring(path.lastIndexOf('/') + 1);
        if (!filename.endsWith(".whl")) {
            throw new UnsupportedRequirementException(
                    root,
                    "'%s' is not a wheel; source trees and archives cannot be built yet"
                            .formatted(filename));
        }
        WheelName wheel;
        try {
            wheel = WheelName.parse(filename);
        } catch (InvalidSyntaxException e) {
            throw new UnsupportedRequirementException(root, String.valueOf(e.getMessage()));
        }
        if (!wheel.name().equals(root.requirement().name())) {
            throw new UnsupportedRequirementException(
                    root, "'%s' is a wheel of %s".formatted(filename, wheel.name()));
        }
        return new DistributionFile(
                filename,
                withoutFragment(uri),
                DistributionFile.Kind.WHEEL,
                wheel.version(),
                wheel,
                hashes(root, uri),
                OptionalLong.empty(),
                null,
                null,
                null,
                null);
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }

    private static Map<String, String> hashes(RootRequirement root, URI uri) {
        var hashes = new HashMap<String, String>();
        String fragment = uri.getFragment() == null ? "" : uri.getFragment();
        for (String part : fragment.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).matches("sha256|sha384|sha512")) {
                String hex = part.substring(equals + 1).toLowerCase(Locale.ROOT);
                if (!hex.matches("[0-9a-f]{%d}".formatted(DIGITS.get(part.substring(0, equals))))) {
                    throw new UnsupportedRequirementException(
                            root, "'#%s' is no hash".formatted(part));
                }
                hashes.put(part.substring(0, equals), hex);
            }
        }
        return hashes;
    }
}
