package dev.blast.environment.install;

import dev.blast.environment.interpreter.Scheme;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fixed frame of an environment: its interpreter, its folders, what configures them and what
 * Blast keeps beside them. A distribution fills what lies inside: it may bring files only to the
 * places that are there for them, and no RECORD may take away the frame itself.
 */
final class Frame {
    private static final String SCRIPTS = "bin";

    /** In the environment's root; what is put anywhere else there configures something. */
    private static final Set<String> FILLED = Set.of("share", "etc", "man", "include", "lib");

    /** Where an interpreter looks for its own. */
    private static final Set<String> SEARCHED = Set.of("include", "lib");

    /** Beside the interpreter these are it, or start it in a shell. */
    private static final Pattern STARTS =
            Pattern.compile(
                    "(?:python|pypy)w?\\d*(?:\\.\\d+)*[td]*(?:\\.exe)?"
                            + "|(?:de)?activate(?:\\.\\w+)?|activate_this\\.py",
                    Pattern.CASE_INSENSITIVE);

    /** Beside the interpreter these are read by it, or by pip, before anything else. */
    private static final Pattern CONFIGURES =
            Pattern.compile(
                    ".*\\._pth|pyvenv\\.cfg|pybuilddir\\.txt|pip\\.(?:conf|ini)",
                    Pattern.CASE_INSENSITIVE);

    /** Would stand for Blast itself where the environment is active. */
    private static final String OURSELVES = "blast";

    /** In lib and include: an interpreter's own library, its headers, its shared object. */
    private static final Pattern INTERPRETERS =
            Pattern.compile(
                    "(?:python|pypy)\\d*(?:\\.\\d+)*[td]*(?:\\.zip)?|lib(?:python|pypy).*",
                    Pattern.CASE_INSENSITIVE);

    /** What Blast, or a version control system, keeps in a folder. */
    private static final Pattern OTHERS_STATE =
            Pattern.compile("\\.(?:blast|git|hg|svn|bzr|jj)", Pattern.CASE_INSENSITIVE);

    private Frame() {}

    /**
     * Whether a distribution may bring a file.
     *
     * @param target relative to the environment's root
     */
    static boolean takes(String target, Scheme scheme) {
        if (hasForbiddenPart(target)) {
            return false;
        }
        if (isBelow(target, scheme.purelib()) || isBelow(target, scheme.platlib())) {
            return true;
        }
        if (isBelow(target, scheme.scripts())) {
            return isProgram(target.substring(scheme.scripts().length() + 1));
        }
        String[] parts = target.split("/", 3);
        return parts.length > 1
                && FILLED.contains(parts[0])
                && !(SEARCHED.contains(parts[0]) && INTERPRETERS.matcher(parts[1]).matches());
    }

    /** An empty name, or one under which somebody keeps a state. */
    private static boolean hasForbiddenPart(String target) {
        for (int at = 0; at <= target.length(); ) {
            int slash = target.indexOf('/', at);
            int end = slash < 0 ? target.length() : slash;
            if (at == end
                    || (target.charAt(at) == '.'
                            && OTHERS_STATE.matcher(target.substring(at, end)).matches())) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** A plain file in the scripts folder that is not the interpreter's, and not hidden. */
    private static boolean isProgram(String name) {
        return name.indexOf('/') < 0
                && name.charAt(0) != '.'
                && !name.equalsIgnoreCase(OURSELVES)
                && !STARTS.matcher(name).matches()
                && !CONFIGURES.matcher(name).matches();
    }

    /** Whether a path is the interpreter's, or starts it in a shell. */
    static boolean starts(String target) {
        return isBelow(target, SCRIPTS)
                && STARTS.matcher(target.substring(SCRIPTS.length() + 1)).matches();
    }

    /** Whether a path is beside the interpreter and configures it. */
    static boolean configures(String target) {
        return isBelow(target, SCRIPTS)
                && CONFIGURES.matcher(target.substring(SCRIPTS.length() + 1)).matches();
    }

    /**
     * Whether a path is of the frame itself, or a folder that holds some of it.
     *
     * @param target relative to the environment's root
     * @param site the site-packages folder whose RECORD names it
     */
    static boolean isPart(String target, String site) {
        return OTHERS_STATE.matcher(target.split("/", 2)[0]).matches()
                || target.equals("pyvenv.cfg")
                || target.equals("lib64")
                || target.equals(SCRIPTS)
                || FILLED.contains(target)
                || (isBelow(target, SCRIPTS) && !isProgram(target.substring(SCRIPTS.length() + 1)))
                || site.equals(target)
                || site.startsWith(target + "/");
    }

    private static boolean isBelow(String target, String folder) {
        return target.startsWith(folder)
                && target.length() > folder.length() + 1
                && target.charAt(folder.length()) == '/';
    }
}
