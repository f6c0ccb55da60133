package dev.blast.solver.lock;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.LockedFile;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.LockedSource;
import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerSet;
import dev.blast.packaging.Pylock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A lock as a requirements file with hashes, for {@code pip install --require-hashes -r} and what
 * reads such files. Extras and groups are settled in it; what is left of a condition is that on the
 * interpreter.
 */
public final class HashedRequirements {
    private static final String HASH = " \\\n    --hash=";

    private final Path folder;
    private final MarkerSet chosen;

    private HashedRequirements(Path folder, MarkerSet chosen) {
        this.folder = folder;
        this.chosen = chosen;
    }

    /**
     * The text.
     *
     * @param folder where the lock is
     * @param groups those asked for, with the lock's default ones where these are wanted
     * @throws LockException where something in it has no hash, such as a folder
     */
    public static String of(Pylock lock, Path folder, Set<ExtraName> extras, Set<ExtraName> groups)
            throws LockException {
        MarkerSet chosen =
                settled("extras", lock.extras(), extras)
                        .and(settled("dependency_groups", lock.dependencyGroups(), groups))
                        .and(settled("dependency_groups", lock.defaultGroups(), groups));
        var text = new StringBuilder();
        for (Marker environment : lock.environments()) {
            text.append("# for ").append(environment).append('\n');
        }
        var requirements = new HashedRequirements(folder, chosen);
        for (LockedPackage locked :
                lock.packages().stream()
                        .sorted(Comparator.comparing(LockedPackage::name))
                        .toList()) {
            text.append(requirements.line(locked));
        }
        return text.toString();
    }

    /** Where exactly those that are asked for are. */
    private static MarkerSet settled(
            String variable, Collection<ExtraName> known, Set<ExtraName> asked) {
        return known.stream()
                .map(name -> {
                    MarkerSet there =
                            MarkerSet.of(Marker.parse("'%s' in %s".formatted(name, variable)));
                    return asked.contains(name) ? there : there.not();
                })
                .reduce(MarkerSet.End.ALL, MarkerSet::and);
    }

    /** Empty where it is not asked for. */
    private String line(LockedPackage locked) throws LockException {
        MarkerSet where = MarkerSet.ofNullable(locked.marker());
        if (where.isDisjoint(chosen)) {
            return "";
        }
        var line = new StringBuilder(locked.name().normalized());
        List<Map<String, String>> hashes = new ArrayList<>();
        if (locked.direct() == null) {
            line.append("==").append(locked.version());
            Stream.concat(Stream.ofNullable(locked.sdist()), locked.wheels().stream())
                    .map(LockedFile::hashes)
                    .forEach(hashes::add);
        } else if (locked.direct() instanceof LockedSource.Archive archive) {
            line.append(" @ ").append(address(archive));
            hashes.add(archive.hashes());
        } else {
            throw new LockException(
                    "%s is locked as %s, which has no hash that a requirements file could hold"
                            .formatted(
                                    locked.name(),
                                    locked.direct() instanceof LockedSource.Directory
                                            ? "a folder"
                                            : "a commit"));
        }
        where.given(chosen).marker().ifPresent(marker -> line.append(" ; ").append(marker));
        var each = new TreeSet<String>();
        hashes.forEach(of -> of.forEach((algorithm, hash) -> each.add(algorithm + ":" + hash)));
        each.forEach(hash -> line.append(HASH).append(hash));
        return line.append('\n').toString();
    }

    private String address(LockedSource.Archive archive) {
        return archive.url() != null
                ? archive.url()
                : folder.resolve(String.valueOf(archive.path())).normalize().toUri().toString();
    }
}
