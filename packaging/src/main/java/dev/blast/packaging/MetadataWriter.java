package dev.blast.packaging;

import java.util.List;
import java.util.regex.Pattern;

/** Writes core metadata strictly: what a version of the standard does not allow is not written. */
final class MetadataWriter {
    private static final List<String> VERSIONS =
            List.of("1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5");

    /** The start of a line, other than the first, that would be taken for a field of its own. */
    private static final Pattern UNFOLDED = Pattern.compile("(?:\\r\\n|\\r|\\n)(?![ \\t])");

    private MetadataWriter() {}

    static String write(Metadata metadata) {
        check(metadata);
        var text = new StringBuilder();
        metadata.fields()
                .forEach((field, values) -> {
                    if (field != MetadataField.DESCRIPTION) {
                        values.forEach(value -> header(text, field, value));
                    }
                });
        metadata.description().ifPresent(description -> text.append('\n').append(description));
        return text.toString();
    }

    private static void header(StringBuilder text, MetadataField field, String value) {
        String folded = UNFOLDED.matcher(value).replaceAll("\n        ");
        text.append(field.spelling()).append(": ").append(folded).append('\n');
    }

    private static void check(Metadata metadata) {
        String version = metadata.metadataVersion();
        if (!VERSIONS.contains(version)) {
            throw broken("no version of core metadata", version);
        }
        if (!metadata.problems().isEmpty()) {
            throw broken(metadata.problems().getFirst(), metadata.displayName());
        }
        for (MetadataField required :
                List.of(
                        MetadataField.METADATA_VERSION,
                        MetadataField.NAME,
                        MetadataField.VERSION)) {
            if (metadata.all(required).isEmpty()) {
                throw broken(required.spelling() + " is missing", metadata.displayName());
            }
        }
        metadata.fields()
                .forEach((field, values) -> {
                    if (field.since().compareTo(Version.parse(version)) > 0) {
                        throw broken(
                                "%s exists since metadata %s, not in"
                                        .formatted(field.spelling(), field.since()),
                                version);
                    }
                    if (!field.repeatable() && values.size() > 1) {
                        throw broken(field.spelling() + " may stand once only", values.getLast());
                    }
                });
        if (!metadata.all(MetadataField.LICENSE).isEmpty()
                && !metadata.all(MetadataField.LICENSE_EXPRESSION).isEmpty()) {
            throw broken(
                    "License and License-Expression exclude each other (PEP 639)",
                    metadata.all(MetadataField.LICENSE_EXPRESSION).getFirst());
        }
        for (String summary : metadata.all(MetadataField.SUMMARY)) {
            if (summary.indexOf('\n') >= 0) {
                throw broken("Summary has one line", summary);
            }
        }
        for (MetadataField field : metadata.dynamic()) {
            if (field == MetadataField.NAME
                    || field == MetadataField.VERSION
                    || field == MetadataField.METADATA_VERSION) {
                throw broken("a field that may not be dynamic (PEP 643)", field.spelling());
            }
        }
    }

    private static InvalidSyntaxException broken(String rule, String input) {
        return new InvalidSyntaxException(rule, input, 0);
    }
}
