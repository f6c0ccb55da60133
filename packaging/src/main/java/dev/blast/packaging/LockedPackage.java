package dev.blast.packaging;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One package of a lock file (PEP 751). It comes either from files of an index ({@code sdist} and
 * {@code wheels}) or from one direct source. Immutable.
 *
 * @param version null where a direct source may change it
 * @param dependencies references to other packages, for people and tools that draw graphs
 * @param direct null where it comes from an index
 * @param index where the files were found, as text
 * @param attestations the publishers that were attested, as they are
 */
public record LockedPackage(
        PackageName name,
        @Nullable Version version,
        @Nullable Marker marker,
        @Nullable SpecifierSet requiresPython,
        List<Map<String, Object>> dependencies,
        @Nullable LockedSource direct,
        @Nullable String index,
        @Nullable LockedFile sdist,
        List<LockedFile> wheels,
        List<Map<String, Object>> attestations,
        Map<String, Object> tool) {

    public LockedPackage {
        dependencies = List.copyOf(dependencies);
        wheels = List.copyOf(wheels);
        attestations = List.copyOf(attestations);
        tool = Collections.unmodifiableMap(new LinkedHashMap<>(tool));
    }

    static LockedPackage of(Table table) {
        LockedSource direct = LockedSource.of(table);
        LockedFile sdist = LockedFile.of(table.optionalTable("sdist"));
        List<LockedFile> wheels = table.tables("wheels").stream().map(LockedFile::read).toList();
        boolean fromIndex = sdist != null || !wheels.isEmpty();
        if (fromIndex == (direct != null)) {
            throw table.error(
                    "a package has either sdist and wheels, or one of vcs, directory and archive");
        }
        Table tool = table.optionalTable("tool");
        var locked =
                new LockedPackage(
                        table.parsed("name", PackageName::new),
                        table.optional("version", Version::parse),
                        table.optional("marker", Marker::parse),
                        table.optional("requires-python", SpecifierSet::parse),
                        table.tables("dependencies").stream().map(Table::toMap).toList(),
                        direct,
                        table.optionalText("index"),
                        sdist,
                        wheels,
                        table.tables("attestation-identities").stream().map(Table::toMap).toList(),
                        tool == null ? Map.of() : tool.toMap());
        locked.checkFileNames(table);
        return locked;
    }

    /** A file of another package or version is a mistake, or an attack. */
    private void checkFileNames(Table table) {
        if (sdist != null) {
            SdistName file = table.read(sdist.filename(), SdistName::parse, "sdist");
            check(table, file.name(), file.version(), "sdist");
        }
        for (int i = 0; i < wheels.size(); i++) {
            WheelName file = table.read(wheels.get(i).filename(), WheelName::parse, "wheels", i);
            check(table, file.name(), file.version(), "wheels", i);
        }
        if (direct instanceof LockedSource.Archive archive) {
            String filename = archive.file().filename();
            if (filename.endsWith(".whl")) {
                WheelName file = table.read(filename, WheelName::parse, "archive");
                check(table, file.name(), file.version(), "archive");
            }
        }
    }

    private void check(Table table, PackageName fileName, Version fileVersion, Object... place) {
        if (!fileName.equals(name) || (version != null && !fileVersion.equals(version))) {
            throw table.error(
                    "the file is of %s %s, the package is %s %s"
                            .formatted(fileName, fileVersion, name, version),
                    place);
        }
    }

    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name.normalized());
        put(map, "version", version);
        put(map, "marker", marker);
        put(map, "requires-python", requiresPython);
        if (!dependencies.isEmpty()) {
            map.put("dependencies", dependencies);
        }
        if (direct != null) {
            map.put(direct.key(), direct.toMap());
        }
        put(map, "index", index);
        if (sdist != null) {
            map.put("sdist", sdist.toMap());
        }
        if (!wheels.isEmpty()) {
            map.put("wheels", wheels.stream().map(LockedFile::toMap).toList());
        }
        if (!attestations.isEmpty()) {
            map.put("attestation-identities", attestations);
        }
        if (!tool.isEmpty()) {
            map.put("tool", tool);
        }
        return map;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value.toString());
        }
    }
}
