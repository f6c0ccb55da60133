package dev.blast.environment.install;

/**
 * A file that makes code run, or modules appear, whenever an interpreter of the environment starts.
 *
 * @param target where it goes: relative to the environment's root
 * @param kind how the interpreter comes to read it
 * @param executes whether it runs code by itself: a .pth file without an import line only adds
 *     folders to the path
 */
public record StartupHookFile(String target, Kind kind, boolean executes) {

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
