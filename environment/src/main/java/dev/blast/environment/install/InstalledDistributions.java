package dev.blast.environment.install;

import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is installed in a site-packages folder, by its .dist-info folders (PEP 376, PEP 627). What
 * only has an .egg-info, as distutils left it, is not seen.
 */
public final class InstalledDistributions {
    private static final String DIST_INFO = ".dist-info";

    /** In the place of bytes that are no text. */
    private static final char UNREADABLE = '\ufffd';

    private InstalledDistributions() {}

    /**
     * All distributions, sorted by name. A folder that is not there holds none; one that tells
     * neither name nor version is none.
     */
    public static List<InstalledDistribution> scan(Path sitePackages) throws IOException {
        var found = new ArrayList<InstalledDistribution>();
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(sitePackages, "[!~]*" + DIST_INFO)) {
            for (Path folder : folders) {
                read(folder).ifPresent(found::add);
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
        found.sort(
                Comparator.comparing(InstalledDistribution::name)
                        .thenComparing(InstalledDistribution::version));
        return found;
    }

    private static Optional<InstalledDistribution> read(Path distInfo) throws IOException {
        var files = new HashSet<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(distInfo)) {
            entries.forEach(entry -> files.add(entry.getFileName().toString()));
        } catch (NotDirectoryException _) {
            return Optional.empty();
        }
        String stem = distInfo.getFileName().toString();
        if (stem.indexOf(UNREADABLE) >= 0) {
            return Optional
                    .empty(); // not text: no installer wrote it, and RECORD could not name it
        }
        stem = stem.substring(0, stem.length() - DIST_INFO.length());
        int dash = stem.lastIndexOf('-');
        Optional<Version> version = Version.tryParse(stem.substring(dash + 1));
        if (dash > 0 && version.isPresent()) {
            try {
                return Optional.of(
                        distribution(
                                new PackageName(stem.substring(0, dash)),
                                version.get(),
                                distInfo,
                                files));
            } catch (IllegalArgumentException _) {
                // not a name: METADATA may still say one
            }
        }
        try {
            Metadata metadata = Metadata.read(OrdinaryFile.text(distInfo.resolve("METADATA")));
            return Optional.of(distribution(metadata.name(), metadata.version(), distInfo, files));
        } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static InstalledDistribution distribution(
            PackageName name, Version version, Path distInfo, Set<String> files)
            throws IOException {
        return new InstalledDistribution(
                name,
                version,
                distInfo,
                said(distInfo, "INSTALLER", files).map(String::strip).orElse(null),
                files.contains("REQUESTED"),
                files.contains("RECORD"),
                said(distInfo, "direct_url.json", files).orElse(null),
                said(distInfo, InstalledDistribution.GIVES_WAY, files)
                        .map(InstalledDistributions::names)
                        .orElse(Set.of()));
    }

    /** What is no text, or no file, says nothing. */
    private static Optional<String> said(Path distInfo, String name, Set<String> files)
            throws IOException {
        Path file = distInfo.resolve(name);
        if (!files.contains(name) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(OrdinaryFile.text(file));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Set<PackageName> names(String text) {
        var names = new HashSet<PackageName>();
        for (String line : text.lines().toList()) {
            try {
                names.add(new PackageName(line));
            } catch (IllegalArgumentException _) {
                // not ours: nothing follows from it
            }
        }
        return names;
    }
}
