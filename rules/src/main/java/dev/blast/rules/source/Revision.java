package dev.blast.rules.source;

import dev.blast.packaging.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** A short name for a set of policy files and the trust in them. */
public final class Revision {
    private Revision() {}

    public static String of(List<PolicyFile> files) {
        List<String> parts =
                files.stream()
                        .map(file ->
                                "%s %s %d %s"
                                        .formatted(
                                                file.layer(),
                                                file.trusted(),
                                                file.text().length(),
                                                file.text()))
                        .sorted()
                        .toList();
        MessageDigest digest = Hashes.digest("sha256");
        parts.forEach(part -> digest.update(part.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, 3);
    }
}
