package dev.blast.environment.sync;

import dev.blast.environment.address.GitAddress;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.DirectUrl;
import org.jspecify.annotations.Nullable;

/** What an installed package says of the address that it came from (PEP 610). */
final class DirectUrls {
    private DirectUrls() {}

    /** The address of what comes from no index for sure; null of an archive, which may. */
    static @Nullable String address(DistributionFile file) {
        return switch (file.kind()) {
            case WHEEL, SDIST -> null;
            case FOLDER, EDITABLE -> file.uri().toString();
            case CHECKOUT -> GitAddress.asked(file.uri());
        };
    }

    /**
     * Of a file or a source.
     *
     * @param url as it was asked for
     */
    static DirectUrl of(DistributionFile file, String url) {
        return switch (file.kind()) {
            case WHEEL, SDIST ->
                    new DirectUrl(
                            url.replaceFirst("#.*", ""),
                            new DirectUrl.Origin.Archive(file.hashes()),
                            GitAddress.subdirectory(file.uri()));
            case FOLDER, EDITABLE ->
                    new DirectUrl(
                            url.replaceFirst("#.*", ""),
                            new DirectUrl.Origin.Directory(
                                    file.kind() == DistributionFile.Kind.EDITABLE),
                            GitAddress.subdirectory(file.uri()));
            case CHECKOUT -> {
                GitAddress commit = GitAddress.of(file.uri().toString());
                yield new DirectUrl(
                        commit.url(),
                        new DirectUrl.Origin.Repository(
                                "git",
                                String.valueOf(commit.revision()),
                                GitAddress.of(url).revision()),
                        commit.subdirectory());
            }
        };
    }
}
