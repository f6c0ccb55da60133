package dev.blast.environment.install;

/**
 * A file that makes code run, or modules appear, whenever an interpreter of the environment starts.
 *
 * @param file its path inside site-packages, '/' between parts
 * @param kind how the interpreter comes to read it
 * @param executes whether it runs code by itself; false for a .pth file that only adds folders of
 *     its own distribution to the path
 * @param known whether its text is one of those that are known to do no harm
 */
public record StartupHookFile(String file, Kind kind, boolean executes, boolean known) {

    /**
     * The ways into an interpreter's start: site's .pth files, PEP 829's .start files, and the two
     * customize modules.
     */
    public enum Kind {
        PTH,
        START,
        SITECUSTOMIZE,
        USERCUSTOMIZE
    }
}
