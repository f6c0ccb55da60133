package dev.blast.index.settings;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.cache.LocalFiles;
import dev.blast.packaging.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Credentials by host from a netrc file (netrc(5)). */
public final class Netrc {
    /** A word, or a quoted one with escapes. */
    private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    private Netrc() {}

    /**
     * Those of a user: of the file that {@code NETRC} names, else of {@code .netrc} in the home.
     *
     * @param variables of the process
     */
    public static Map<String, Credentials> of(Map<String, String> variables, Path home)
            throws IndexException {
        String named = variables.getOrDefault("NETRC", "");
        return read(
                named.isEmpty()
                        ? home.resolve(Files.exists(home.resolve(".netrc")) ? ".netrc" : "_netrc")
                        : Path.of(named));
    }

    /**
     * Credentials by lower-case host; those of {@code default} by the empty name. Empty where there
     * is no file.
     */
    static Map<String, Credentials> read(Path file) throws IndexException {
        try {
            return parse(LocalFiles.lines(file));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new IndexException(
                    IndexException.Kind.CONFIGURATION,
                    "cannot read %s: %s".formatted(file, IoFailure.words(e)),
                    e);
        }
    }

    static Map<String, Credentials> parse(List<String> lines) {
        var hosts = new HashMap<String, Credentials>();
        Iterator<String> tokens = tokens(lines).iterator();
        String host = null;
        String login = "";
        String password = "";
        while (tokens.hasNext()) {
            String token = tokens.next();
            boolean entry = token.equals("machine") || token.equals("default");
            if (entry) {
                keep(hosts, host, login, password);
                host = token.equals("default") ? "" : next(tokens).toLowerCase(Locale.ROOT);
                login = "";
                password = "";
            } else if (token.equals("login") || token.equals("user")) {
                login = next(tokens);
            } else if (token.equals("password")) {
                password = next(tokens);
            } else if (token.equals("account")) {
                next(tokens);
            }
        }
        keep(hosts, host, login, password);
        return hosts;
    }

    private static void keep(
            Map<String, Credentials> hosts, @Nullable String host, String login, String password) {
        if (host != null && !(login.isEmpty() && password.isEmpty())) {
            hosts.putIfAbsent(host, new Credentials(login, password));
        }
    }

    private static String next(Iterator<String> tokens) {
        return tokens.hasNext() ? tokens.next() : "";
    }

    /** Words, without comments and without macro bodies, which end at an empty line. */
    private static List<String> tokens(List<String> lines) {
        var tokens = new ArrayList<String>();
        boolean macro = false;
        for (String line : lines) {
            macro = line.isBlank() ? false : macro || line.strip().startsWith("macdef");
            if (macro || line.strip().startsWith("#")) {
                continue;
            }
            Matcher token = TOKEN.matcher(line);
            while (token.find()) {
                String quoted = token.group(1);
                tokens.add(quoted == null ? token.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        return tokens;
    }
}
