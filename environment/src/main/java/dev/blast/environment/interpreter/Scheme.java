package dev.blast.environment.interpreter;

/**
 * Where the parts of a wheel go in an environment: folders relative to its root, '/' between parts.
 * See sysconfig's "venv" scheme.
 *
 * @param purelib site-packages
 * @param platlib site-packages for native code; in a venv the same folder
 * @param scripts bin
 * @param headers the folder in which a distribution gets a folder of its own for headers
 * @param data the root itself, ""
 */
public record Scheme(String purelib, String platlib, String scripts, String headers, String data) {}
