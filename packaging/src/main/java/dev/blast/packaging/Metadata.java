package dev.blast.packaging;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Core metadata of a distribution ({@code METADATA} in a wheel, {@code PKG-INFO} in an sdist), up
 * to version 2.5. Immutable. What decides about dependencies is parsed; all fields are kept as
 * text.
 *
 * @param name the project; {@link #displayName} is its own spelling
 * @param requiresPython null where the project does not say
 * @param dynamic fields that a build may still change (PEP 643), only in sdists
 * @param fields every field with its values, the description among them, in order of the enum
 * @param problems what could not be understood while reading, one sentence each: a version with
 *     problems among its requirements is not safe to resolve with
 */
public record Metadata(
        PackageName name,
        Version version,
        List<Requirement> requiresDist,
        @Nullable SpecifierSet requiresPython,
        Set<ExtraName> providesExtra,
        Set<MetadataField> dynamic,
        Map<MetadataField, List<String>> fields,
        List<String> problems) {

    private static final String LICENSE_CLASSIFIER = "License :: ";
    private static final String SEPARATOR = ":: ";

    /** What a classifier says that names no license. */
    private static final String APPROVED = "OSI Approved";

    /** Characters of a license's name at most. */
    private static final int SHORT = 100;

    public Metadata {
        requiresDist = List.copyOf(requiresDist);
        providesExtra = Collections.unmodifiableSet(new LinkedHashSet<>(providesExtra));
        dynamic = Collections.unmodifiableSet(new LinkedHashSet<>(dynamic));
        var copy = new EnumMap<MetadataField, List<String>>(MetadataField.class);
        fields.forEach((field, values) -> copy.put(field, List.copyOf(values)));
        fields = Collections.unmodifiableMap(copy);
        problems = List.copyOf(problems);
    }

    /**
     * Reads leniently: an unknown field is passed over, a field that cannot be understood becomes a
     * problem, a mended one too.
     *
     * @throws InvalidSyntaxException if there is no name or version, a major version of metadata
     *     that this reader does not know, a Requires-Python that is none, or anything that another
     *     reader would read otherwise: control characters, a second Name
     */
    public static Metadata read(String text) {
        return read(text, new KnownTexts());
    }

    /**
     * The same, sharing what other metadata said too.
     *
     * @param known filled with what is new
     */
    public static Metadata read(String text, KnownTexts known) {
        return MetadataReader.read(text, known);
    }

    /**
     * The text without its description, which is most of it and decides nothing.
     *
     * @throws InvalidSyntaxException where it could be read in more than one way
     */
    public static String withoutDescription(String text) {
        return Headers.read(text).without(MetadataField.DESCRIPTION.spelling());
    }

    /**
     * Metadata with these fields, each of which has to be understood.
     *
     * @throws InvalidSyntaxException if one is not
     */
    public static Metadata of(Map<MetadataField, List<String>> fields) {
        Metadata metadata = MetadataReader.understand(fields);
        if (!metadata.problems().isEmpty()) {
            throw new InvalidSyntaxException(
                    metadata.problems().getFirst(), metadata.displayName(), 0);
        }
        return metadata;
    }

    /**
     * The text of these fields, by the rules of their metadata version.
     *
     * @throws InvalidSyntaxException if a field breaks the rules
     */
    public String write() {
        return MetadataWriter.write(this);
    }

    /** The version of the metadata itself, such as {@code 2.4}. */
    public String metadataVersion() {
        return first(MetadataField.METADATA_VERSION).orElse("1.0");
    }

    /** The name as the project spells it. */
    public String displayName() {
        return first(MetadataField.NAME).orElse(name.normalized());
    }

    public Optional<String> summary() {
        return first(MetadataField.SUMMARY);
    }

    /**
     * The license: by SPDX where the project says so, else what its classifiers name ({@code MIT
     * License}), else its free text where that is a name and not the license itself.
     */
    public Optional<String> license() {
        return first(MetadataField.LICENSE_EXPRESSION)
                .or(this::classifiedLicense)
                .or(() -> first(MetadataField.LICENSE).filter(Metadata::isShort));
    }

    private Optional<String> classifiedLicense() {
        List<String> names =
                classifiers().stream()
                        .filter(it -> it.startsWith(LICENSE_CLASSIFIER))
                        .map(it -> it.substring(it.lastIndexOf(SEPARATOR) + SEPARATOR.length()))
                        .filter(name -> !name.equals(APPROVED))
                        .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", names));
    }

    private static boolean isShort(String license) {
        return license.length() <= SHORT && license.indexOf('\n') < 0;
    }

    /** Paths of license files, relative to {@code .dist-info/licenses} in a wheel (PEP 639). */
    public List<String> licenseFiles() {
        return all(MetadataField.LICENSE_FILE);
    }

    public List<String> classifiers() {
        return all(MetadataField.CLASSIFIER);
    }

    public Optional<String> description() {
        return first(MetadataField.DESCRIPTION);
    }

    /**
     * Whether dependencies can be trusted before a build: always in a wheel, by PEP 643 in an
     * sdist.
     */
    public boolean hasStaticDependencies() {
        return Version.parse(metadataVersion()).compareTo(MetadataField.DYNAMIC.since()) >= 0
                && !dynamic.contains(MetadataField.REQUIRES_DIST)
                && !dynamic.contains(MetadataField.PROVIDES_EXTRA)
                && !dynamic.contains(MetadataField.REQUIRES_PYTHON);
    }

    /** The problems that are none any more: what was read as what. */
    public List<String> mends() {
        return problems.stream().filter(it -> it.contains(MetadataReader.READ_AS)).toList();
    }

    /** All values of a field in the order of the file. */
    public List<String> all(MetadataField field) {
        return fields.getOrDefault(field, List.of());
    }

    private Optional<String> first(MetadataField field) {
        return all(field).stream().findFirst();
    }
}
