package dev.blast.environment.interpreter;

/**
 * Where the parts of a wheel go in a virtual environment: folders relative to its root, '/' between
 * parts, as sysconfig's "venv" scheme has them. Data files go to the root itself.
 *
 * @param purelib site-packages
 * @param platlib site-packages for native code; the same folder (where lib64 is in use, it is a
 *     link to lib)
 * @param scripts bin
 * @param headers the folder in which a distribution gets a folder of its own for headers, where pip
 *     puts them too
 */
public record Scheme(String purelib, String platlib, String scripts, String headers) {}
