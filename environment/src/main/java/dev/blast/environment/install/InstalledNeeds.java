package dev.blast.environment.install;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What installed distributions say they need: by their METADATA, under the markers of their
 * interpreter, with the extras that anything asks for.
 */
public final class InstalledNeeds {
    private final MarkerEnvironment markers;
    private final Map<PackageName, Metadata> metadata = new TreeMap<>();
    private final Map<PackageName, Set<ExtraName>> extras = new TreeMap<>();
    private final List<InstalledDistribution> unreadable = new ArrayList<>();

    private InstalledNeeds(MarkerEnvironment markers) {
        this.markers = markers;
    }

    /**
     * Reads them.
     *
     * @param asked by people: their extras count
     */
    public static InstalledNeeds of(
            Collection<InstalledDistribution> installed,
            Collection<Requirement> asked,
            MarkerEnvironment markers)
            throws IOException {
        var needs = new InstalledNeeds(markers);
        for (InstalledDistribution distribution : installed) {
            needs.read(distribution);
        }
        needs.findExtras(asked);
        return needs;
    }

    private void read(InstalledDistribution distribution) throws IOException {
        Path file = distribution.distInfo().resolve("METADATA");
        try {
            metadata.put(distribution.name(), Metadata.read(OrdinaryFile.text(file)));
        } catch (InvalidSyntaxException | NoSuchFileException _) {
            unreadable.add(distribution);
        }
    }

    /** Extras that are asked for may ask for further ones: until nothing is added. */
    private void findExtras(Collection<Requirement> asked) {
        asked.forEach(this::ask);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (PackageName name : metadata.keySet()) {
                for (Requirement requirement : of(name)) {
                    grown |= ask(requirement);
                }
            }
        }
    }

    private boolean ask(Requirement requirement) {
        return extras.computeIfAbsent(requirement.name(), _ -> new TreeSet<>())
                .addAll(requirement.extras());
    }

    /** What could be read, by name. */
    public Map<PackageName, Metadata> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** What could not. */
    public List<InstalledDistribution> unreadable() {
        return List.copyOf(unreadable);
    }

    /** The extras of a package that anything asks for. */
    public Set<ExtraName> extras(PackageName name) {
        return Collections.unmodifiableSet(extras.getOrDefault(name, Set.of()));
    }

    /** The requirements of a package that hold; none where its metadata could not be read. */
    public List<Requirement> of(PackageName name) {
        Metadata said = metadata.get(name);
        return said == null
                ? List.of()
                : said.requiresDist().stream()
                        .filter(required -> required.appliesTo(markers, extras(name)))
                        .toList();
    }
}
