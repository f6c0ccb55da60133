package dev.blast.packaging.archive;

/**
 * Why an archive is refused. Each is a way in which an archive can mean one thing to one reader and
 * another thing to the next, or reach for what is not its own; the sentences are complete with a
 * subject: a name in the archive, or a figure.
 */
public enum Refusal {
    // the container
    NOT_AN_ARCHIVE("it does not end like a ZIP archive (%s)"),
    TRAILING_BYTES("%s bytes follow the end of the archive"),
    COMMENT("its comment of %s bytes holds what may be the records of another archive"),
    SPLIT("it is one part of a split archive (disk %s)"),
    END_RECORD("its end record is wrong: %s"),
    CENTRAL_DIRECTORY("its central directory is damaged at entry %s"),
    LEADING_BYTES("%s bytes come before its first entry"),
    STRAY_BYTES("there are bytes that belong to no entry before '%s'"),
    OVERLAP("'%s' overlaps the entry before it"),
    HEADERS_DIFFER("the central directory and the local header do not agree on '%s'"),
    FLAGS("'%s' is marked as something that readers take differently"),
    STREAMED(
            "'%s' holds what is another entry to a reader that goes from one local header to the next"),
    ENCRYPTED("'%s' is encrypted"),
    METHOD("'%s' is compressed by an unknown method"),
    TOO_MANY_FILES("it has more than %s entries"),
    TOO_LARGE("unpacked it would be larger than %s bytes"),
    TOO_DENSE("it would grow by a factor of %s: a decompression bomb"),
    BROKEN_DATA("the compressed data of '%s' is damaged"),
    SIZE("'%s' does not have the size that the archive says"),
    CHECKSUM("'%s' does not have the checksum that the archive says"),

    // the names in it
    NAME_EMPTY("an entry has an empty name (number %s)"),
    NAME_ENCODING("a name is not UTF-8, or not marked as such: %s"),
    NAME_ALIAS("'%s' has a second name in an extra field"),
    NAME_CONTROL("a name holds control characters: '%s'"),
    NAME_BACKSLASH("a name holds a backslash: '%s'"),
    NAME_ABSOLUTE("'%s' is an absolute path"),
    NAME_DRIVE("'%s' begins with a drive letter"),
    NAME_ESCAPES("'%s' leads out of the archive's own folder"),
    NAME_UNCLEAN("'%s' is not a plain path: it holds '.' or an empty part"),
    NAME_LENGTH("a name is too long: '%s'"),
    NOT_A_FILE("'%s' is a link or a device, not a file"),
    DUPLICATE("'%s' is there twice"),
    SAME_BUT_FOR_CASE("%s are one name where case, or the form of characters, does not count"),
    FILE_AND_FOLDER("'%s' is both a file and a folder"),

    // the wheel
    FILE_NAME("its file name is not a wheel's: %s"),
    NO_DIST_INFO("it has no %s.dist-info folder"),
    FOREIGN_DIST_INFO("'%s' is the metadata of something else"),
    FOREIGN_DATA("'%s' is the data folder of something else"),
    DATA_SCHEME(
            "'%s' is not in a known part of the data folder (purelib, platlib, scripts, headers, data)"),
    METADATA_BY_DATA("'%s' adds to the description of the wheel by way of the data folder"),
    NO_METADATA("'%s' is missing"),
    TEXT_TOO_LARGE("'%s' is larger than any of its kind"),
    METADATA_SYNTAX("its %s"),
    NAME_DIFFERS("its METADATA names another project: %s"),
    VERSION_DIFFERS("its METADATA names another version: %s"),
    METADATA_BESIDE("the metadata served beside '%s' is not the metadata in it"),
    WHEEL_VERSION("it is in a newer format (Wheel-Version %s); this version of Blast reads 1.x"),

    // its RECORD
    NO_RECORD("it has no RECORD: '%s' is missing"),
    RECORD_SYNTAX("its RECORD cannot be read: %s"),
    RECORD_TWICE("its RECORD lists '%s' twice"),
    NOT_IN_RECORD("'%s' is not in its RECORD"),
    ONLY_IN_RECORD("its RECORD lists '%s', which is not there"),
    RECORD_NO_HASH("its RECORD has no hash for '%s'"),
    RECORD_WEAK_HASH("its RECORD has no SHA-2 hash for '%s'"),
    RECORD_HASH("'%s' does not have the hash that its RECORD says"),
    RECORD_SIZE("'%s' does not have the size that its RECORD says"),

    // what it would put into an environment
    RESERVED_PATH(
            "'%s' is a place of the environment itself; a distribution brings packages, programs, and files below share, etc, man, include or lib"),
    SHADOWS_LIBRARY(
            "programs beside '%s' would import it in place of Python's own module of that name"),
    ENTRY_POINT("its entry point cannot be used: %s");

    private final String template;

    Refusal(String template) {
        this.template = template;
    }

    public String sentence(Object subject) {
        return template.formatted(subject);
    }
}
