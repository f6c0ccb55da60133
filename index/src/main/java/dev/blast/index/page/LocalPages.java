package dev.blast.index.page;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.packaging.IoFailure;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pages of the local file system: a simple repository as a tree of folders, and folders or pages of
 * links.
 */
public final class LocalPages {

    private LocalPages() {}

    /**
     * The page of a project: {@code <root>/<name>/index.html}, or without that file what lies in
     * the folder.
     */
    public static Optional<ProjectPage> read(IndexLocation location, PackageName name)
            throws IndexException {
        Path root = Path.of(location.uri());
        if (!Files.isDirectory(root)) {
            throw new IndexException(
                    Kind.CONFIGURATION, "the index %s is not a folder".formatted(root));
        }
        Path folder = root.resolve(name.normalized());
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Path page = folder.resolve("index.html");
        Listing listing = links(Files.exists(page) ? page : folder);
        var files =
                new PackedPage(
                        PagePacker.pack(name, Intake.judge(page.toUri(), listing, false)), 0);
        return Optional.of(new ProjectPage(name, location, listing.status(), files));
    }

    /** The links of a local page, or a link to each file of a folder. */
    public static Listing links(Path pageOrFolder) throws IndexException {
        try {
            if (Files.isDirectory(pageOrFolder)) {
                try (Stream<Path> children = Files.list(pageOrFolder)) {
                    List<Link> links =
                            children.filter(Files::isRegularFile)
                                    .sorted()
                                    .map(LocalPages::link)
                                    .toList();
                    return new Listing(links, ProjectStatus.ACTIVE);
                }
            }
            try (InputStream in = Files.newInputStream(pageOrFolder)) {
                return HtmlPage.read(pageOrFolder.toUri(), in);
            }
        } catch (IOException e) {
            throw new IndexException(
                    Kind.DISK, "cannot read %s: %s".formatted(pageOrFolder, IoFailure.words(e)), e);
        }
    }

    private static Link link(Path file) {
        URI uri = file.toUri();
        return new Link(
                file.getFileName().toString(),
                uri.toString(),
                Map.of(),
                file.toFile().length(),
                Link.NO_TIME,
                null,
                null,
                null);
    }
}
