package dev.blast.environment.install;

import dev.blast.rules.fact.HookKind;

/**
 * A file that makes code run, or modules appear, whenever an interpreter of the environment starts.
 *
 * @param file its path inside site-packages, '/' between parts
 * @param kind how the interpreter comes to read it: by a .pth file of site, a .start file of PEP
 *     829, or one of the two customize modules
 * @param executes whether it runs code by itself; false for a .pth file that only adds folders of
 *     its own distribution to the path
 * @param known whether its text is one of those that are known to do no harm
 */
public record StartupHookFile(String file, HookKind kind, boolean executes, boolean known) {}
