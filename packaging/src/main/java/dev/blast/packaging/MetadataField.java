package dev.blast.packaging;

import java.util.Arrays;
import java.util.Optional;

/**
 * The fields of core metadata up to 2.5, in the order in which they are written: since which
 * version, and whether they may be repeated. See the core metadata specifications (PEP 241, 314,
 * 345, 566, 643, 639, 794).
 */
public enum MetadataField {
    METADATA_VERSION("Metadata-Version", "1.0", false),
    NAME("Name", "1.0", false),
    VERSION("Version", "1.0", false),
    DYNAMIC("Dynamic", "2.2", true),
    PLATFORM("Platform", "1.0", true),
    SUPPORTED_PLATFORM("Supported-Platform", "1.1", true),
    SUMMARY("Summary", "1.0", false),
    KEYWORDS("Keywords", "1.0", false),
    HOME_PAGE("Home-page", "1.0", false),
    DOWNLOAD_URL("Download-URL", "1.1", false),
    AUTHOR("Author", "1.0", false),
    AUTHOR_EMAIL("Author-email", "1.0", false),
    MAINTAINER("Maintainer", "1.2", false),
    MAINTAINER_EMAIL("Maintainer-email", "1.2", false),
    LICENSE("License", "1.0", false),
    LICENSE_EXPRESSION("License-Expression", "2.4", false),
    LICENSE_FILE("License-File", "2.4", true),
    CLASSIFIER("Classifier", "1.1", true),
    PROJECT_URL("Project-URL", "1.2", true),
    REQUIRES_PYTHON("Requires-Python", "1.2", false),
    REQUIRES_EXTERNAL("Requires-External", "1.2", true),
    PROVIDES_EXTRA("Provides-Extra", "2.1", true),
    REQUIRES_DIST("Requires-Dist", "1.2", true),
    PROVIDES_DIST("Provides-Dist", "1.2", true),
    OBSOLETES_DIST("Obsoletes-Dist", "1.2", true),
    REQUIRES("Requires", "1.1", true),
    PROVIDES("Provides", "1.1", true),
    OBSOLETES("Obsoletes", "1.1", true),
    IMPORT_NAME("Import-Name", "2.5", true),
    IMPORT_NAMESPACE("Import-Namespace", "2.5", true),
    DESCRIPTION_CONTENT_TYPE("Description-Content-Type", "2.1", false),
    DESCRIPTION("Description", "1.0", false);

    private final String spelling;
    private final String since;
    private final boolean repeatable;

    MetadataField(String spelling, String since, boolean repeatable) {
        this.spelling = spelling;
        this.since = since;
        this.repeatable = repeatable;
    }

    /** The name that stands in the file; read without regard to case. */
    public String spelling() {
        return spelling;
    }

    /** The first version of core metadata with this field. */
    Version since() {
        return Version.parse(since);
    }

    boolean repeatable() {
        return repeatable;
    }

    static Optional<MetadataField> named(String header) {
        return Arrays.stream(values())
                .filter(field -> field.spelling.equalsIgnoreCase(header))
                .findFirst();
    }
}
