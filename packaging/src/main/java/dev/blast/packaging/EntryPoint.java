package dev.blast.packaging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry point: under a name in a group, an object of a module.
 *
 * @param attribute the object inside the module, dotted; null for the module itself
 */
public record EntryPoint(String group, String name, String module, @Nullable String attribute) {
    /** The group whose members become commands. */
    public static final String CONSOLE_SCRIPTS = "console_scripts";

    /** The group whose members become commands without a console, where that makes a difference. */
    public static final String GUI_SCRIPTS = "gui_scripts";

    /** {@code module:attribute [extras]}; the extras are obsolete and make no difference. */
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "(?<module>[\\w.]+)\\s*(?::\\s*(?<attribute>[\\w.]+))?\\s*(?:\\[[^\\]]*\\])?",
                    Pattern.UNICODE_CHARACTER_CLASS);

    static EntryPoint parse(String group, String name, String reference) {
        Matcher matcher = REFERENCE.matcher(reference.strip());
        if (!matcher.matches()) {
            throw new InvalidSyntaxException(
                    "not an object reference (module or module:attribute)", reference, 0);
        }
        return new EntryPoint(group, name, matcher.group("module"), matcher.group("attribute"));
    }

    /** The object as the file names it. */
    public String reference() {
        return attribute == null ? module : module + ":" + attribute;
    }

    @Override
    public String toString() {
        return name + " = " + reference();
    }
}
