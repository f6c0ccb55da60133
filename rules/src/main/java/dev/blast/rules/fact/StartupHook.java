package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;

/**
 * A file of a distribution that Python would read by itself whenever an interpreter of the
 * environment starts.
 *
 * @param file its path inside site-packages, with forward slashes
 * @param executes true where it runs code, false where it only adds folders of its own distribution
 *     to {@code sys.path}
 * @param known true where its text is known, and known to do no harm
 */
public record StartupHook(
        PackageName distribution,
        Version version,
        String file,
        HookKind kind,
        boolean executes,
        boolean known)
        implements Judged {}
