package dev.blast.index.settings;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexLocation.Form;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Addresses as people write them, and small moves that {@link URI} does not make. */
public final class Addresses {

    private Addresses() {}

    /**
     * An address or a local path, as people give it to pip; credentials in it are taken out.
     *
     * @param home what {@code ~} means
     */
    public static IndexLocation location(String text, Form form, Path home) throws IndexException {
        String bare = text.strip();
        if (!bare.contains("://") && !bare.startsWith("file:")) {
            Path path =
                    bare.equals("~") || bare.startsWith("~/")
                            ? home.resolve(bare.replaceFirst("^~/?", ""))
                            : Path.of(bare);
            return new IndexLocation(path.toAbsolutePath().normalize().toUri(), form, null);
        }
        URI uri = parse(bare);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        boolean usable =
                scheme.equals("file")
                        || ((scheme.equals("https") || scheme.equals("http"))
                                && uri.getHost() != null);
        if (uri.getRawAuthority() != null && uri.getHost() == null) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    Message.of(
                            "the host of '%s' cannot be read\nit has letters, digits, '.' and '-'; in a user name or password '@', ':' and '/' are written %%40, %%3A and %%2F",
                            Redaction.ofUnreadable(bare)));
        }
        if (!usable) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    "'%s' cannot be an index: it must begin with https://, http:// or file://, or be a path"
                            .formatted(Redaction.ofUnreadable(bare)));
        }
        return new IndexLocation(withoutFragment(withoutUserInfo(uri)), form, credentials(uri));
    }

    static URI parse(String text) throws IndexException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    "'%s' is not an address: %s"
                            .formatted(Redaction.ofUnreadable(text), e.getReason()));
        }
    }

    /** The user and password before the host, null where there are none. */
    static @Nullable Credentials credentials(URI uri) {
        String both = uri.getRawUserInfo();
        if (both == null) {
            return null;
        }
        int colon = both.indexOf(':');
        return colon < 0
                ? new Credentials(decode(both), "")
                : new Credentials(
                        decode(both.substring(0, colon)), decode(both.substring(colon + 1)));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * The same address with a slash at its end, so that what is resolved against it lies below and
     * not beside.
     */
    public static URI asFolder(URI uri) {
        String path = uri.getRawPath();
        return path.endsWith("/")
                ? uri
                : uri.resolve(path.substring(path.lastIndexOf('/') + 1) + "/");
    }

    /** The same place without user and password. */
    public static URI withoutUserInfo(URI uri) {
        String user = uri.getRawUserInfo();
        return user == null ? uri : URI.create(uri.toString().replace("://" + user + "@", "://"));
    }

    /** The same place without the part after {@code #}. */
    static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }

    /** The last part of the path, decoded once: a slash that was encoded is part of the name. */
    public static String lastName(URI uri) {
        return decode(lastRawName(uri));
    }

    /** The last part of the path as it is written. */
    public static String lastRawName(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
