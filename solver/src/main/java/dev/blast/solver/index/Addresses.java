package dev.blast.solver.index;

import java.net.URI;

/** Small moves on addresses that {@link URI} does not make. */
final class Addresses {

    private Addresses() {}

    /** Where a folder's children resolve to below it and not beside it. */
    static URI asFolder(URI uri) {
        String path = uri.getRawPath();
        return path.endsWith("/")
                ? uri
                : uri.resolve(path.substring(path.lastIndexOf('/') + 1) + "/");
    }

    /** The same place without user and password. */
    static URI withoutUserInfo(URI uri) {
        String user = uri.getRawUserInfo();
        return user == null
                ? uri
                : URI.create(
                        uri.toString().replaceFirst(java.util.regex.Pattern.quote(user + "@"), ""));
    }

    /** The same place without the part after {@code #}. */
    static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }

    /** The last part of the path, decoded once. */
    static String lastName(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
