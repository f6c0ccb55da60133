package dev.blast.environment.install;

import dev.blast.environment.interpreter.Scheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which of the files that go into an environment act whenever its interpreter starts: what lies
 * directly in site-packages and is named so that the site module looks at it. Judged by where a
 * file goes, not by which part of a wheel it comes from.
 */
final class StartupHooks {
    private StartupHooks() {}

    static List<StartupHookFile> among(Collection<InstallEntry> entries, Scheme scheme)
            throws IOException {
        List<StartupHookFile> hooks = new ArrayList<>();
        for (InstallEntry entry : entries) {
            Optional<String> within =
                    within(entry.target(), scheme.purelib())
                            .or(() -> within(entry.target(), scheme.platlib()));
            Optional<StartupHookFile.Kind> kind = within.flatMap(StartupHooks::kind);
            if (kind.isPresent()) {
                hooks.add(
                        new StartupHookFile(
                                entry.target(), kind.get(), executes(entry, kind.get())));
            }
        }
        return hooks;
    }

    private static Optional<String> within(String target, String folder) {
        return target.length() > folder.length()
                        && target.charAt(folder.length()) == '/'
                        && target.startsWith(folder)
                ? Optional.of(target.substring(folder.length() + 1))
                : Optional.empty();
    }

    private static Optional<StartupHookFile.Kind> kind(String path) {
        boolean direct = path.indexOf('/') < 0;
        if (direct && path.endsWith(".pth")) {
            return Optional.of(StartupHookFile.Kind.PTH);
        }
        if (direct && path.endsWith(".start")) {
            return Optional.of(StartupHookFile.Kind.START);
        }
        if (isModule(path, "sitecustomize")) {
            return Optional.of(StartupHookFile.Kind.SITECUSTOMIZE);
        }
        return isModule(path, "usercustomize")
                ? Optional.of(StartupHookFile.Kind.USERCUSTOMIZE)
                : Optional.empty();
    }

    /** As a .py, a .pyc, an extension module with any suffix, or a package. */
    private static boolean isModule(String path, String name) {
        return (path.startsWith(name + ".") && path.indexOf('/') < 0)
                || path.startsWith(name + "/__init__.");
    }

    /**
     * A .pth file runs its lines that begin with "import"; the others are folders for the path. See
     * Lib/site.py, addpackage.
     */
    private static boolean executes(InstallEntry entry, StartupHookFile.Kind kind)
            throws IOException {
        if (kind != StartupHookFile.Kind.PTH) {
            return true;
        }
        byte[] content =
                switch (entry.source()) {
                    case FileSource.Stored(var file) -> Files.readAllBytes(file);
                    case FileSource.Written(var bytes) -> bytes;
                };
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .anyMatch(line ->
                        line.startsWith("import ")
                                || line.startsWith("import\t")
                                || line.startsWith("\uFEFFimport"));
    }
}
