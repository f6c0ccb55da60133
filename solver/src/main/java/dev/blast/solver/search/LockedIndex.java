package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.PackageName;
import dev.blast.solver.BuildException;
import dev.blast.solver.Builder;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.Sourcing;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock file as an index: it has the locked versions and no others, and knows what they require
 * with the locked extras.
 */
final class LockedIndex implements Index {
    private static final IndexLocation LOCATION = IndexLocation.simple(URI.create("lock:/"));

    private final Map<PackageName, Pin> pins;

    LockedIndex(Map<PackageName, Pin> pins) {
        this.pins = pins;
    }

    @Override
    public ProjectPage page(PackageName name) {
        Pin pin = pins.get(name);
        return pin == null
                ? ProjectPage.missing(name)
                : ProjectPage.of(name, LOCATION, ProjectStatus.ACTIVE, pin.files());
    }

    @Override
    public Metadata metadata(DistributionFile file) throws IndexException {
        Pin pin = file.wheel() == null ? ofSource(file) : pins.get(file.wheel().name());
        if (pin == null || !pin.version().equals(file.version())) {
            throw new IndexException(
                    IndexException.Kind.NOT_FOUND, file.filename() + " is not locked", null);
        }
        return new Metadata(
                pin.name(),
                pin.version(),
                pin.dependencies(),
                file.requiresPython(),
                pin.extras(),
                Set.of(),
                pin.license() == null || pin.license().isEmpty()
                        ? Map.of()
                        : Map.of(MetadataField.LICENSE_EXPRESSION, List.of(pin.license())),
                List.of());
    }

    private @Nullable Pin ofSource(DistributionFile file) {
        return pins.values().stream()
                .filter(pin -> pin.files().contains(file))
                .findFirst()
                .orElse(null);
    }

    /** A request to which the lock says what sources need as well. */
    Request answering(Request request) {
        Sourcing sourcing = request.sourcing();
        return request.with(
                new Sourcing(
                        sourcing.formats(),
                        new Answering(sourcing.builder()),
                        sourcing.addressed()));
    }

    /** A lock says nothing of what stands for a name that is in no lock. */
    private final class Answering implements Builder {
        private final Builder builder;

        Answering(Builder builder) {
            this.builder = builder;
        }

        @Override
        public Metadata metadata(DistributionFile source) throws IndexException {
            return LockedIndex.this.metadata(source);
        }

        @Override
        public Optional<Metadata> standIn(PackageName name) throws BuildException, IndexException {
            return builder.standIn(name);
        }
    }

    /** The same pin, with no more known of its licence than the lock says. */
    Pin asSaid(Pin pin) {
        Pin locked = pins.get(pin.name());
        return locked == null ? pin : pin.licensed(locked.license());
    }

    /** Whether the lock says what the version requires with all these extras. */
    boolean covers(Pin pin) {
        Pin locked = pins.get(pin.name());
        return locked != null && locked.extras().containsAll(pin.extras());
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        throw new IndexException(
                IndexException.Kind.OFFLINE,
                "a lock file holds no files: " + file.filename(),
                null);
    }

    @Override
    public IndexStatistics statistics() {
        return IndexStatistics.NONE;
    }
}
