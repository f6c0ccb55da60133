package dev.blast.packaging;

/** What the file name of a source distribution says (PEP 625): {@code name-version.tar.gz}. */
public record SdistName(PackageName name, Version version) {

    /**
     * Reads a file name.
     *
     * @throws InvalidSyntaxException if it is not the file name of a source distribution
     */
    public static SdistName parse(String filename) {
        FileName.requireBare(filename);
        String stem = stem(filename);
        // The name may hold hyphens in old files, the version never.
        int hyphen = stem.lastIndexOf('-');
        if (hyphen <= 0) {
            throw new InvalidSyntaxException(
                    "a source distribution is named name-version", filename, 0);
        }
        return new SdistName(
                new PackageName(stem.substring(0, hyphen)),
                Version.parse(stem.substring(hyphen + 1)));
    }

    private static String stem(String filename) {
        for (String extension : new String[] {".tar.gz", ".zip"}) {
            if (filename.endsWith(extension)) {
                return filename.substring(0, filename.length() - extension.length());
            }
        }
        throw new InvalidSyntaxException(
                "a source distribution ends with '.tar.gz' or '.zip'", filename, filename.length());
    }
}
