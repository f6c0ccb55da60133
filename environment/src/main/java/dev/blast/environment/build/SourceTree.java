package dev.blast.environment.build;

import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidDocumentException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source that lies on disk, and what it says of itself without being run. It is a stranger's: of
 * its files only those are read that no link leads out of it.
 *
 * @param root without links
 */
record SourceTree(Path root) {
    /** The metadata version with which an sdist says what a build leaves as it is (PEP 643). */
    private static final Set<MetadataField> DECIDING =
            Set.of(
                    MetadataField.VERSION,
                    MetadataField.REQUIRES_DIST,
                    MetadataField.REQUIRES_PYTHON,
                    MetadataField.PROVIDES_EXTRA);

    /** The same fields as {@code [project]} has them. */
    private static final List<String> DECIDING_KEYS =
            List.of("dependencies", "optional-dependencies", "requires-python");

    /**
     * The metadata of an archive, where no build would change what decides in them: by PKG-INFO
     * since PEP 643, or what {@code [project]} says, which a backend has to keep to (PEP 621).
     *
     * @param version the archive's, by its name; null where that does not say
     */
    Optional<Metadata> fixed(@Nullable Version version) throws IOException {
        Optional<Metadata> packed = packed();
        return packed.isPresent() ? packed : declared(version);
    }

    private Optional<Metadata> packed() throws IOException {
        Optional<String> text = text("PKG-INFO");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Metadata metadata = Metadata.read(text.get());
            boolean fixed =
                    metadata.hasStaticDependencies()
                            && metadata.dynamic().stream().noneMatch(DECIDING::contains)
                            && metadata.problems().isEmpty();
            return fixed ? Optional.of(metadata) : Optional.empty();
        } catch (InvalidSyntaxException _) {
            return Optional.empty(); // a build may write better
        }
    }

    /** What {@code [project]} says, where it says all that decides. */
    Optional<Metadata> declared() throws IOException {
        return declared(null);
    }

    private Optional<Metadata> declared(@Nullable Version known) throws IOException {
        Optional<TomlDocument> document = pyproject();
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try {
            PyProject project = PyProject.of(document.get().values(), document.get());
            Version version = project.version() == null ? known : project.version();
            return project.name() == null
                            || version == null
                            || DECIDING_KEYS.stream().anyMatch(project.dynamic()::contains)
                    ? Optional.empty()
                    : Optional.of(metadata(project, version));
        } catch (InvalidDocumentException | InvalidSyntaxException _) {
            return Optional.empty(); // its backend may take it, and else says why not
        }
    }

    private static Metadata metadata(PyProject project, Version version) {
        Map<MetadataField, List<String>> fields = new EnumMap<>(MetadataField.class);
        fields.put(MetadataField.METADATA_VERSION, List.of("2.2"));
        fields.put(MetadataField.NAME, List.of(String.valueOf(project.name())));
        fields.put(MetadataField.VERSION, List.of(version.toString()));
        if (project.requiresPython() != null) {
            fields.put(
                    MetadataField.REQUIRES_PYTHON,
                    List.of(project.requiresPython().value().toString()));
        }
        var requires = new ArrayList<String>();
        project.dependencies().forEach(it -> requires.add(it.value().canonical()));
        project.optionalDependencies()
                .forEach((extra, of) -> of.forEach(it -> requires.add(of(extra, it.value()))));
        fields.put(MetadataField.REQUIRES_DIST, requires);
        fields.put(
                MetadataField.PROVIDES_EXTRA,
                project.optionalDependencies().keySet().stream().map(Object::toString).toList());
        return Metadata.of(fields);
    }

    /** A requirement as core metadata has that of an extra. */
    private static String of(ExtraName extra, Requirement requirement) {
        var bare =
                new Requirement(
                        requirement.name(),
                        requirement.extras(),
                        requirement.specifier(),
                        requirement.url(),
                        null);
        return "%s ; %sextra == \"%s\""
                .formatted(
                        bare.canonical(),
                        requirement.marker() == null ? "" : "(" + requirement.marker() + ") and ",
                        extra);
    }

    /**
     * {@code pyproject.toml}; empty where there is none.
     *
     * @throws RefusedSourceException where it cannot be read
     */
    Optional<TomlDocument> pyproject() throws IOException {
        Optional<String> text = text("pyproject.toml");
        try {
            return text.isPresent()
                    ? Optional.of(TomlDocument.parse("pyproject.toml", text.get()))
                    : Optional.empty();
        } catch (TomlException e) {
            throw new RefusedSourceException(
                    "its pyproject.toml is no TOML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }

    private Optional<String> text(String file) throws IOException {
        Path path = root.resolve(file);
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(root)) {
                throw new RefusedSourceException(
                        "its %s is a link that leads out of it".formatted(file));
            }
            return Optional.of(OrdinaryFile.text(real));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (CharacterCodingException _) {
            throw new RefusedSourceException("its %s is not text in UTF-8".formatted(file));
        }
    }

    /**
     * Folders of the backend in it.
     *
     * @param names as {@code backend-path} has them
     */
    List<Path> folders(List<String> names) throws IOException {
        var folders = new ArrayList<Path>();
        for (String name : names) {
            try {
                Path real = root.resolve(name).toRealPath();
                if (real.startsWith(root) && Files.isDirectory(real)) {
                    folders.add(real);
                    continue;
                }
            } catch (NoSuchFileException _) {
                // told below
            }
            throw new RefusedSourceException(
                    "its backend-path names '%s', which is no folder in it".formatted(name));
        }
        return folders;
    }
}
