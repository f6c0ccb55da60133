package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Resolution;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hashes that a requirements file gives ({@code --hash=ALGORITHM:HEX}). Where it gives any,
 * everything that is installed needs one: a package that came without would be the open door.
 *
 * @param origin where the first of them stands, or where they are required
 * @param byName {@code sha256:…} and the like, by package
 */
public record RequiredHashes(String origin, Map<PackageName, Set<String>> byName) {
    /** Those that pip takes for strong. */
    public static final Set<String> ALGORITHMS =
            new TreeSet<>(Set.of("sha256", "sha384", "sha512"));

    public RequiredHashes {
        byName = Map.copyOf(byName);
    }

    /** The hashes of both; of a package that both name, all. */
    RequiredHashes and(RequiredHashes other) {
        var all = new TreeMap<PackageName, Set<String>>(byName);
        other.byName.forEach((name, hashes) ->
                all.merge(
                        name,
                        hashes,
                        (a, b) -> {
                            var both = new TreeSet<>(a);
                            both.addAll(b);
                            return both;
                        }));
        return new RequiredHashes(origin, all);
    }

    /** Whether a file may be taken, as far as its index says what its hashes are. */
    public boolean admits(PackageName name, DistributionFile file) {
        Set<String> allowed = byName.get(name);
        return allowed == null
                || file.hashes().entrySet().stream()
                        .filter(hash -> isNamed(allowed, hash.getKey()))
                        .allMatch(hash -> allowed.contains(hash.getKey() + ":" + hash.getValue()));
    }

    private static boolean isNamed(Set<String> allowed, String algorithm) {
        return allowed.stream().anyMatch(hash -> hash.startsWith(algorithm + ":"));
    }

    /** What is locked counts only where its file may be taken. */
    public Preferences among(Preferences preferences) {
        Preferences admitted = preferences;
        for (Pin pin : preferences.locked().values()) {
            if (!admits(pin.name(), pin.file())) {
                admitted = admitted.without(pin.name());
            }
        }
        return admitted;
    }

    /**
     * Checks an answer, wherever it came from.
     *
     * @throws EnvironmentException where a package has no hash, or another one
     */
    public void check(Resolution resolution) throws EnvironmentException {
        for (Pin pin : resolution.pins()) {
            if (!byName.containsKey(pin.name())) {
                throw new EnvironmentException(
                        Message.of(
                                "%s asks for hashes, and gives none for %s: where one is given, all are needed.\npip-compile --generate-hashes writes them all",
                                origin, pin));
            }
            if (!admits(pin.name(), pin.file())) {
                throw new EnvironmentException(
                        "%s: the hashes that are given for %s are not those of %s, which has %s"
                                .formatted(
                                        origin,
                                        pin.name(),
                                        pin.file().filename(),
                                        pin.file().hashes()));
            }
        }
    }
}
