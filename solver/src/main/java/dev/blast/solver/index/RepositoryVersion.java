package dev.blast.solver.index;

import dev.blast.solver.index.IndexException.Kind;
import java.net.URI;

/**
 * The version of the simple API that a page says it speaks (PEP 629): another minor is fine,
 * another major is refused.
 */
final class RepositoryVersion {

    private RepositoryVersion() {}

    static void check(URI page, String version) throws IndexException {
        if (!version.equals("1") && !version.startsWith("1.")) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s speaks version %s of the simple API, and Blast knows version 1"
                            .formatted(Redaction.of(page), version));
        }
    }
}
