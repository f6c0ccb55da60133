package dev.blast.environment.install;

import java.util.regex.Pattern;

/**
 * The parts of an environment that belong to no distribution: no wheel may bring them, no RECORD
 * may take them away.
 */
final class Reserved {
    private static final Pattern SCRIPT =
            Pattern.compile(
                    "(?:python|pypy)w?\\d*(?:\\.\\d+)*t?(?:\\.exe)?|activate(?:\\.\\w+)?|activate_this\\.py",
                    Pattern.CASE_INSENSITIVE);

    private Reserved() {}

    /** Whether a file in the scripts folder would stand for the interpreter or the activation. */
    static boolean isScript(String name) {
        return SCRIPT.matcher(name).matches();
    }

    static boolean isPath(String target, String scripts) {
        return target.equals("pyvenv.cfg")
                || target.equals(".blast")
                || target.startsWith(".blast/")
                || (target.startsWith(scripts)
                        && target.startsWith("/", scripts.length())
                        && isScript(target.substring(scripts.length() + 1)));
    }
}
