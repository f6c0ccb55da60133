package dev.blast.environment.install;

import dev.blast.packaging.EntryPoint;
import dev.blast.packaging.EntryPoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Pattern NAME =
            Pattern.compile("(?!\\.{1,2}$)[^\\s/\\p{Cntrl}](?:[^/\\p{Cntrl}]*[^\\s/\\p{Cntrl}])?");

    private EntryPointScripts() {}

    /**
     * The programs by their names, in the order of the file.
     *
     * @throws IllegalArgumentException where a name is not a file name, or a reference not a
     *     function in a module
     */
    static Map<String, byte[]> of(String entryPointsText, Path interpreter) {
        EntryPoints entryPoints = EntryPoints.read(entryPointsText);
        Map<String, byte[]> scripts = new LinkedHashMap<>();
        for (String group : List.of(EntryPoint.CONSOLE_SCRIPTS, EntryPoint.GUI_SCRIPTS)) {
            for (EntryPoint entryPoint : entryPoints.in(group)) {
                scripts.put(entryPoint.name(), script(entryPoint, interpreter));
            }
        }
        return scripts;
    }

    private static byte[] script(EntryPoint entryPoint, Path interpreter) {
        String attribute = entryPoint.attribute();
        if (!NAME.matcher(entryPoint.name()).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a name for a command".formatted(entryPoint));
        }
        if (attribute == null
                || !DOTTED.matcher(entryPoint.module()).matches()
                || !DOTTED.matcher(attribute).matches()) {
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
}
