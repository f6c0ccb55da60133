package dev.blast.enforcer.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What resolv.conf(5) says inside a sandbox that has a name server of its own. */
public final class ResolverFile {
    private static final String OWN_SERVER = "nameserver 127.0.0.1\n";

    /** What changes how often, and how, the one server is asked, and not what is believed of it. */
    private static final Pattern OPTION =
            Pattern.compile(
                    "(ndots|timeout|attempts):[0-9]{1,3}"
                            + "|use-vc|edns0|single-request(-reopen)?"
                            + "|no-aaaa|no-tld-query|no-check-names");

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

    private ResolverFile() {}

    /**
     * The file inside, made from the machine's: its search list and its harmless options, and
     * Blast's server instead of its own. Read as glibc does: a word begins its line, of several
     * lists the last counts, and of several values of an option.
     *
     * @param outside empty where the machine has none
     */
    public static String inside(String outside) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String line : lines(outside)) {
            List<String> words = words(line);
            if (!words.isEmpty() && words.removeFirst().equals("options")) {
                for (String option : words) {
                    if (OPTION.matcher(option).matches()) {
                        options.put(option.replaceFirst(":.*", ""), option);
                    }
                }
            }
        }
        return OWN_SERVER
                + line("search", searchList(outside))
                + line("options", List.copyOf(options.values()));
    }

    /** The domains that a resolver puts behind names, in its order. */
    public static List<String> searchList(String file) {
        List<String> search = List.of();
        for (String line : lines(file)) {
            List<String> words = words(line);
            switch (words.isEmpty() ? "" : words.removeFirst()) {
                case "search" -> search = words;
                case "domain" -> search = words.subList(0, Math.min(1, words.size()));
                default -> {} // servers, options, orders of addresses
            }
        }
        return search.stream().filter(it -> DOMAIN.matcher(it).matches()).toList();
    }

    private static String[] lines(String file) {
        return file.split("\r?\n", -1);
    }

    /** None of an empty line, a comment, or a line that begins with a space. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split("[ \t]+", -1)) {
            if (word.isEmpty() || word.startsWith("#") || word.startsWith(";")) {
                break;
            }
            words.add(word);
        }
        return words;
    }

    private static String line(String word, List<String> values) {
        return values.isEmpty() ? "" : "%s %s\n".formatted(word, String.join(" ", values));
    }
}
