package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.PathGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a program reads of names where a gate answers for them: files of the sandbox's own in the
 * place of the machine's, whose names the gate looks up itself.
 */
public final class GateFiles {
    private static final Path ETC = Path.of("/etc");
    private static final Path HOSTS = ETC.resolve("hosts");
    private static final Path RESOLVER_FILE = ETC.resolve("resolv.conf");

    /** With the name that the machine has inside. */
    private static final String HOSTS_TEXT =
            """
            127.0.0.1 localhost sandbox
            ::1 localhost ip6-localhost ip6-loopback
            """;

    private GateFiles() {}

    /** What rules grant, without those of the machine's. */
    public static List<PathGrant> without(List<PathGrant> grants) {
        Set<Path> own = Set.of(HOSTS, RESOLVER_FILE);
        return grants.stream().filter(grant -> !own.contains(grant.path())).toList();
    }

    /**
     * The files. Where a folder of the machine's brings its own along, they lie over those; a link
     * there that leads nowhere inside is no file, and a resolver then asks where it would anyway.
     */
    public static List<Step.TextFile> of(GateWanted gate, RootLayout layout) {
        List<Step.TextFile> files = new ArrayList<>();
        add(files, HOSTS, HOSTS_TEXT, layout);
        add(files, RESOLVER_FILE, gate.resolverFile(), layout);
        return files;
    }

    private static void add(List<Step.TextFile> files, Path path, String text, RootLayout layout) {
        if (!layout.isCovered(path)) {
            files.add(new Step.TextFile(path, text, false));
            return;
        }
        Resolution resolution = Resolution.of(path, layout.host());
        boolean isThere =
                layout.isCovered(resolution.path())
                        && !layout.hidden().containsKey(resolution.path())
                        && resolution
                                .file()
                                .filter(file -> file.kind() == HostFiles.Kind.FILE)
                                .isPresent();
        if (isThere) {
            files.add(new Step.TextFile(resolution.path(), text, true));
        }
    }

    /** The steps that make them. */
    public static List<Step> steps(List<Step.TextFile> files, RootLayout layout) {
        List<Step> steps = new ArrayList<>();
        if (files.stream().anyMatch(file -> !file.over()) && !layout.made().contains(ETC)) {
            steps.add(new Step.Folder(ETC));
        }
        steps.addAll(files);
        return steps;
    }
}
