package dev.blast.packaging;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads core metadata: headers as in mail (RFC 822), then the description as body. */
final class MetadataReader {
    private static final int NEWEST_MAJOR = 2;

    /** The last metadata version of which "UNKNOWN" was written for fields that were not given. */
    private static final Version OLD_SETUPTOOLS = Version.parse("1.1");

    /** Of these, some readers take the first and some the last. */
    private static final Set<MetadataField> DECIDING =
            EnumSet.of(
                    MetadataField.METADATA_VERSION,
                    MetadataField.NAME,
                    MetadataField.VERSION,
                    MetadataField.REQUIRES_PYTHON);

    /** In the sentence about a field that was mended. */
    static final String READ_AS = " was read as ";

    private final Map<MetadataField, List<String>> fields = new EnumMap<>(MetadataField.class);
    private final List<String> problems = new ArrayList<>();

    private final KnownTexts known;

    private MetadataReader(KnownTexts known) {
        this.known = known;
    }

    static Metadata read(String text, KnownTexts known) {
        var reader = new MetadataReader(known);
        reader.headersAndBody(Headers.read(text));
        return reader.metadata();
    }

    static Metadata understand(Map<MetadataField, List<String>> fields) {
        var reader = new MetadataReader(new KnownTexts());
        reader.fields.putAll(fields);
        return reader.metadata();
    }

    private Metadata metadata() {
        checkMetadataVersion();
        PackageName name = PackageName.ofAscii(required(MetadataField.NAME));
        Version version = Version.parse(required(MetadataField.VERSION));
        List<Requirement> requiresDist = each(MetadataField.REQUIRES_DIST, this::requirement);
        Set<ExtraName> extras =
                new LinkedHashSet<>(each(MetadataField.PROVIDES_EXTRA, ExtraName::new));
        Set<MetadataField> dynamic =
                new LinkedHashSet<>(each(MetadataField.DYNAMIC, MetadataReader::field));
        return new Metadata(
                name, version, requiresDist, requiresPython(), extras, dynamic, fields, problems);
    }

    private void headersAndBody(Headers headers) {
        problems.addAll(headers.problems());
        for (Headers.Field field : headers.fields()) {
            MetadataField.named(field.name()).ifPresent(it -> add(it, field.value()));
        }
        if (!headers.body().isBlank() && !fields.containsKey(MetadataField.DESCRIPTION)) {
            fields.put(MetadataField.DESCRIPTION, List.of(headers.body()));
        }
    }

    private void add(MetadataField field, String value) {
        String text = field == MetadataField.DESCRIPTION ? unfolded(value) : value;
        if (text.equals("UNKNOWN") && field.since().compareTo(OLD_SETUPTOOLS) <= 0) {
            return;
        }
        if (!field.repeatable() && fields.containsKey(field)) {
            if (DECIDING.contains(field)) {
                throw new InvalidSyntaxException(
                        "%s stands more than once".formatted(field.spelling()), text, 0);
            }
            problems.add(
                    "%s stands more than once; the first one counts".formatted(field.spelling()));
            return;
        }
        fields.computeIfAbsent(field, _ -> new ArrayList<>())
                .add(field.repeatable() ? known.text(text) : text);
    }

    /**
     * A description that stands among the headers has a bar or eight blanks before each further
     * line.
     */
    private static String unfolded(String text) {
        return text.replaceAll("\n(?: {7}\\| ?| {8}|\t)", "\n");
    }

    private void checkMetadataVersion() {
        Optional<String> text = first(MetadataField.METADATA_VERSION);
        if (text.isEmpty()) {
            problems.add("Metadata-Version is missing");
            return;
        }
        Version version = Version.parse(text.get());
        if (version.major() > NEWEST_MAJOR) {
            throw new InvalidSyntaxException(
                    "metadata of a major version that is not known here (up to 2.x)",
                    text.get(),
                    0);
        }
    }

    private String required(MetadataField field) {
        return first(field)
                .orElseThrow(() ->
                        new InvalidSyntaxException(
                                "a field is missing from the metadata", field.spelling(), 0));
    }

    /** One that is not understood may exclude the interpreter: the whole text is of no use then. */
    private @Nullable SpecifierSet requiresPython() {
        Optional<String> text = first(MetadataField.REQUIRES_PYTHON);
        return text.isEmpty() ? null : specifierSet(text.get());
    }

    private Requirement requirement(String text) {
        return lenient(text, known::requirement, MetadataField.REQUIRES_DIST);
    }

    private SpecifierSet specifierSet(String text) {
        return lenient(text, SpecifierSet::parse, MetadataField.REQUIRES_PYTHON);
    }

    private <T> T lenient(String text, Function<String, T> parser, MetadataField field) {
        try {
            return parser.apply(text);
        } catch (InvalidSyntaxException e) {
            String mended = LenientSyntax.mended(text);
            T value =
                    mended.equals(text)
                            ? null
                            : LenientSyntax.tryParse(mended, parser).orElse(null);
            if (value == null) {
                throw e;
            }
            problems.add("%s: '%s'%s'%s'".formatted(field.spelling(), text, READ_AS, mended));
            return value;
        }
    }

    private <T> List<T> each(MetadataField field, Function<String, T> parser) {
        return fields.getOrDefault(field, List.of()).stream()
                .map(text -> understood(field, text, parser))
                .flatMap(Optional::stream)
                .toList();
    }

    private <T> Optional<T> understood(
            MetadataField field, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (InvalidSyntaxException e) {
            problems.add(field.spelling() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static MetadataField field(String name) {
        return MetadataField.named(name)
                .orElseThrow(
                        () -> new InvalidSyntaxException("not a field of core metadata", name, 0));
    }

    private Optional<String> first(MetadataField field) {
        return fields.getOrDefault(field, List.of()).stream().findFirst();
    }
}
