package dev.blast.environment.install;

/** How the import system finds a module by the name of a file (importlib.machinery). */
final class Modules {
    private Modules() {}

    /** Whether a file of that name is source, bytecode or an extension module. */
    static boolean isModule(String fileName) {
        return fileName.indexOf('.') > 0 && isImportable(fileName);
    }

    /** The same of a file that has a name before its suffix. */
    static boolean isImportable(String path) {
        return path.endsWith(".py") || path.endsWith(".pyc") || path.endsWith(".so");
    }

    /** The module that a file or folder of that name stands for. */
    static String name(String fileName) {
        int dot = fileName.indexOf('.');
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }
}
