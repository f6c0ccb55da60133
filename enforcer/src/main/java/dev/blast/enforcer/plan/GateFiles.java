package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.PathGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
        return grants.stream()
                .filter(grant -> !grant.path().equals(HOSTS) && !grant.path().equals(RESOLVER_FILE))
                .toList();
    }

    /** The texts by path; none where the machine's come along with a folder that rules grant. */
    public static SortedMap<Path, String> of(GateWanted gate, RootLayout layout) {
        SortedMap<Path, String> texts = new TreeMap<>();
        texts.put(HOSTS, HOSTS_TEXT);
        texts.put(RESOLVER_FILE, gate.resolverFile());
        texts.keySet().removeIf(layout::isCovered);
        return texts;
    }

    /** The steps that make them. */
    public static List<Step> steps(SortedMap<Path, String> texts, RootLayout layout) {
        List<Step> steps = new ArrayList<>();
        if (!texts.isEmpty() && !layout.made().contains(ETC)) {
            steps.add(new Step.Folder(ETC));
        }
        texts.forEach((path, text) -> steps.add(new Step.TextFile(path, text)));
        return steps;
    }
}
