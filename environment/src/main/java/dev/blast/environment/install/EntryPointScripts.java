package dev.blast.environment.install;

import dev.blast.packaging.EntryPoint;
import dev.blast.packaging.EntryPoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The commands of a distribution: from the groups console_scripts and gui_scripts of its
 * entry_points.txt to a small program for each. On Linux the two groups are the same. Names and
 * references become part of a path and of a program, so both are checked for what they may be, not
 * for what they must not.
 */
final class EntryPointScripts {
    private static final String IDENTIFIER =
            "[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}_]*";
    private static final Pattern DOTTED =
            Pattern.compile(IDENTIFIER + "(?:\\." + IDENTIFIER + ")*");

    /**
     * What the entry points specification recommends: letters, digits, and inside it {@code . _ -};
     * so no option of a command line, no word of a shell, no hidden file.
     */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]*");

    private static final int NAME_CAP_BYTES = 255;

    /** Words that cannot name anything in Python. */
    private static final Set<String> KEYWORDS =
            Set.of(
                    ("False None True and as assert async await break class continue def del elif"
                                    + " else except finally for from global if import in is lambda"
                                    + " nonlocal not or pass raise return try while with yield")
                            .split(" "));

    private EntryPointScripts() {}

    /**
     * The programs by their names, in the order of the file.
     *
     * @throws IllegalArgumentException where a name is not a file name, or a reference not a
     *     function in a module
     */
    static Map<String, byte[]> of(String entryPointsText, Path interpreter) {
        EntryPoints entryPoints = EntryPoints.read(entryPointsText);
        var scripts = new LinkedHashMap<String, byte[]>();
        for (String group : List.of(EntryPoint.CONSOLE_SCRIPTS, EntryPoint.GUI_SCRIPTS)) {
            for (EntryPoint entryPoint : entryPoints.in(group)) {
                byte[] script = script(entryPoint, interpreter);
                byte[] other = scripts.putIfAbsent(entryPoint.name(), script);
                if (other != null && !Arrays.equals(other, script)) {
                    throw new IllegalArgumentException(
                            "'%s' stands for two commands".formatted(entryPoint.name()));
                }
            }
        }
        return scripts;
    }

    private static byte[] script(EntryPoint entryPoint, Path interpreter) {
        String attribute = entryPoint.attribute();
        if (!NAME.matcher(entryPoint.name()).matches()
                || entryPoint.name().getBytes(StandardCharsets.UTF_8).length > NAME_CAP_BYTES) {
            throw new IllegalArgumentException(
                    "'%s' is not a name for a command".formatted(shown(entryPoint.name())));
        }
        if (attribute == null || !isDotted(entryPoint.module()) || !isDotted(attribute)) {
            throw new IllegalArgumentException(
                    "'%s' does not name a function in a module".formatted(entryPoint));
        }
        return """
        %simport sys
        from %s import %s
        if __name__ == "__main__":
            sys.exit(%s())
        """
                .formatted(
                        Shebang.of(interpreter),
                        entryPoint.module(),
                        attribute.replaceFirst("\\..*", ""),
                        attribute)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isDotted(String path) {
        return DOTTED.matcher(path).matches()
                && Collections.disjoint(KEYWORDS, List.of(path.split("[.]")));
    }

    private static String shown(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
