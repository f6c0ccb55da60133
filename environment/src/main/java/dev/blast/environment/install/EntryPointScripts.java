package dev.blast.environment.install;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a distribution: from the groups console_scripts and gui_scripts of its entry_points.txt to a small program for each.
 * On Linux the two groups are the same.
 */
final class EntryPointScripts {
    private static final String IDENTIFIER = "[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}_]*";
    private static final String DOTTED = IDENTIFIER + "(?:\\." + IDENTIFIER + ")*";
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<module>" + DOTTED + ")\\s*:\\s*(?<first>" + IDENTIFIER + ")(?<rest>(?:\\." + IDENTIFIER + ")*)\\s*(?:\\[.*])?");
    private static final Pattern NAME = Pattern.compile("[^\\s/\\p{Cntrl}](?:[^/\\p{Cntrl}]*[^\\s/\\p{Cntrl}])?");

    private EntryPointScripts() {}

    /**
     * The programs by their names, in the order of the file.
     *
     * @throws IllegalArgumentException where a name is not a file name, or a reference not a function in a module
     */
    static Map<String, byte[]> of(String entryPoints, Path interpreter) {
        Map<String, byte[]> scripts = new LinkedHashMap<>();
        String group = "";
        for (String raw : entryPoints.lines().toList()) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                group = line.substring(1, line.length() - 1).strip();
            } else if (group.equals("console_scripts") || group.equals("gui_scripts")) {
                int equals = line.indexOf('=');
                String name = line.substring(0, Math.max(0, equals)).strip();
                if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
                    throw new IllegalArgumentException("'%s' is not a name for a command".formatted(line));
                }
                scripts.put(name, script(name, line.substring(equals + 1).strip(), interpreter));
            }
        }
        return scripts;
    }

    private static byte[] script(String name, String reference, Path interpreter) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'%s = %s' does not name a function in a module".formatted(name, reference));
        }
        String program =
                """
                %simport sys
                from %s import %s
                if __name__ == "__main__":
                    sys.exit(%s%s())
                """;
        return program.formatted(
                        Shebang.of(interpreter),
                        matcher.group("module"),
                        matcher.group("first"),
                        matcher.group("first"),
                        matcher.group("rest"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
