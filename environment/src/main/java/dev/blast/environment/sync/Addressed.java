package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.address.SourceFinder;
import dev.blast.environment.change.Applied;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Pin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the addresses that are asked for lead to, and are no wheels.
 *
 * @param found by the name of what is behind each
 * @param own the name of the project itself, where it is among them
 */
record Addressed(Map<PackageName, SourceFinder.Found> found, Optional<PackageName> own) {
    /** What says how a folder is built. */
    private static final List<String> DECIDING = List.of("pyproject.toml", "setup.py", "setup.cfg");

    static final Addressed NONE = new Addressed(Map.of(), Optional.empty());

    Addressed {
        found = Map.copyOf(found);
    }

    Map<PackageName, DistributionFile> files() {
        var files = new HashMap<PackageName, DistributionFile>();
        found.forEach((name, there) -> files.put(name, there.file()));
        return files;
    }

    boolean has(PackageName name) {
        return found.containsKey(name);
    }

    /** What was found, if this file was. */
    Optional<SourceFinder.Found> of(DistributionFile file) {
        return found.values().stream()
                .filter(there -> there.file().uri().equals(file.uri()))
                .findFirst();
    }

    /** What it needs; what the project itself needs always is asked for by its own lines. */
    Optional<Metadata> metadata(DistributionFile file, MarkerEnvironment markers) {
        return of(file).map(there ->
                own.filter(there.metadata().name()::equals).isPresent()
                        ? ofExtras(there.metadata(), markers)
                        : there.metadata());
    }

    /** Whether what is there now is what was locked, and needs the same. */
    boolean isAs(Pin locked, MarkerEnvironment markers) {
        SourceFinder.Found there = Objects.requireNonNull(found.get(locked.name()));
        DistributionFile file = there.file();
        return file.uri().equals(locked.file().uri())
                && file.kind() == locked.file().kind()
                && file.version().equals(locked.version())
                && needs(there, locked.extras(), markers).equals(texts(locked.dependencies()));
    }

    private Set<String> needs(
            SourceFinder.Found there, Set<ExtraName> extras, MarkerEnvironment markers) {
        return texts(
                metadata(there.file(), markers).orElseThrow().requiresDist().stream()
                        .filter(it ->
                                it.appliesTo(markers, Set.of()) || it.appliesTo(markers, extras))
                        .toList());
    }

    /** Where they hold is settled. */
    private static Set<String> texts(List<Requirement> requirements) {
        var texts = new TreeSet<String>();
        for (Requirement it : requirements) {
            texts.add(
                    new Requirement(it.name(), it.extras(), it.specifier(), it.url(), null)
                            .toString());
        }
        return texts;
    }

    private static Metadata ofExtras(Metadata metadata, MarkerEnvironment markers) {
        var fields = new HashMap<>(metadata.fields());
        fields.put(
                MetadataField.REQUIRES_DIST,
                metadata.requiresDist().stream()
                        .filter(it -> !it.appliesTo(markers, Set.of()))
                        .map(Requirement::toString)
                        .toList());
        return Metadata.of(fields);
    }

    /** The folders that packages are read from, without links. */
    Map<PackageName, Path> editables() throws IOException {
        var folders = new HashMap<PackageName, Path>();
        for (SourceFinder.Found there : here()) {
            if (there.file().kind() == DistributionFile.Kind.EDITABLE) {
                folders.put(there.metadata().name(), there.tree().toRealPath());
            }
        }
        return folders;
    }

    /** The folders that stay where they are. */
    private List<SourceFinder.Found> here() {
        return found.values().stream()
                .filter(there ->
                        there.file().kind() == DistributionFile.Kind.FOLDER
                                || there.file().kind() == DistributionFile.Kind.EDITABLE)
                .sorted(Comparator.comparing(there -> there.metadata().name()))
                .toList();
    }

    /** What is missing from some, a line each. */
    List<String> lacks() {
        return found.values().stream()
                .flatMap(there ->
                        there
                                .lack()
                                .map(lack -> "%s: %s".formatted(there.metadata().name(), lack))
                                .stream())
                .sorted()
                .toList();
    }

    /** The files of these folders after which they are built again, as uv has it. */
    List<Path> inputs() {
        return here().stream()
                .flatMap(there -> DECIDING.stream().map(there.tree()::resolve))
                .toList();
    }

    /** What each of them says of itself now, a line with its name. */
    List<String> folders() throws EnvironmentException {
        var lines = new ArrayList<String>();
        for (SourceFinder.Found there : here()) {
            lines.add(line(there));
        }
        return lines;
    }

    /** Those that say something else than when they were built, each with a clause. */
    Map<PackageName, String> changed(Applied last) throws EnvironmentException {
        var changed = new TreeMap<PackageName, String>();
        for (SourceFinder.Found there : here()) {
            if (!last.folders().contains(line(there))) {
                changed.put(
                        there.metadata().name(),
                        "what %s says of itself has changed".formatted(there.tree()));
            }
        }
        return changed;
    }

    private static String line(SourceFinder.Found there) throws EnvironmentException {
        List<Path> files = DECIDING.stream().map(there.tree()::resolve).toList();
        return there.metadata().name() + " " + Fingerprint.ofFiles(files);
    }
}
