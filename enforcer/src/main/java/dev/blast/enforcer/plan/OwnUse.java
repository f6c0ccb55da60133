package dev.blast.enforcer.plan;

import java.util.regex.Pattern;

/**
 * Names in a folder for temporary files that nobody looks for afterwards: hidden ones, those that
 * tempfile and mktemp(1) make up, and what well-known tools leave for their next run.
 */
public final class OwnUse {
    private static final Pattern HIDDEN = Pattern.compile("\\..*");

    /** Python's eight characters behind {@code tmp}, mktemp's ten behind {@code tmp.}. */
    private static final Pattern MADE_UP =
            Pattern.compile("tmp[a-z0-9_]{8}(?![a-z0-9_]).*|tmp\\.[A-Za-z0-9]{6,}");

    private static final Pattern OF_TOOLS =
            Pattern.compile(
                    "(?:pytest-of|hsperfdata|matplotlib|npm|yarn|node-compile|v8-compile|jest|"
                            + "go-build|cargo-install|torchinductor|joblib_memmapping_folder)[-_].*"
                            + "|pip-(?:[a-z]+-)+[a-z0-9_]*[0-9_][a-z0-9_]*|pip-(?:[a-z]+-)+[a-z0-9_]{8}"
                            + "|uv-(?:[a-z]+-)?[0-9a-f]{4,}\\.lock"
                            + "|__pycache__|node_modules|.*\\.pyc|.*\\.pid");

    private OwnUse() {}

    /** Whether that is so of one name, and so of all that is in a folder of this name. */
    public static boolean is(String name) {
        return HIDDEN.matcher(name).matches()
                || MADE_UP.matcher(name).matches()
                || OF_TOOLS.matcher(name).matches();
    }
}
