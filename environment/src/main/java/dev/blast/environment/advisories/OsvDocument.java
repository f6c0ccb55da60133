package dev.blast.environment.advisories;

import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.AdvisorySeverity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one document says of packages of PyPI.
 *
 * @param withdrawn whether its authors have taken it back
 * @param published null where it does not say
 * @param modified null where it does not say
 * @param affected nothing where it is about other ecosystems alone
 * @param unclear ranges that say nothing, since a version in them is none by PEP 440
 */
record OsvDocument(
        String id,
        List<String> aliases,
        boolean withdrawn,
        @Nullable Instant published,
        @Nullable Instant modified,
        AdvisorySeverity severity,
        Map<PackageName, Affected> affected,
        int unclear) {
    OsvDocument {
        aliases = List.copyOf(aliases);
        affected = Map.copyOf(affected);
    }
}
