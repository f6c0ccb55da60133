package dev.blast.environment.build;

import dev.blast.environment.EnvironmentException;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.Transfer;
import dev.blast.packaging.Digest;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.SdistName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A source that lies on disk, to be looked at and built.
 *
 * @param tree what it is, most often the whole of {@code top}
 * @param top the copy that it is a part of, or the folder itself; without links
 * @param hash of what it is made of
 * @param commit that lacks its history still; null where it has none or needs none
 */
record LaidSource(
        SourceTree tree,
        Path top,
        String hash,
        Backend backend,
        @Nullable CheckedOut commit,
        WorkFolder work) {

    /** Lays it out, or leaves it where it lies. */
    static LaidSource of(Source source, Index index, WorkFolder work)
            throws IndexException, IOException {
        return switch (source) {
            case Source.Archived archived -> unpacked(archived, index, work);
            case Source.Folder(Path path) -> copied(path, work);
            case Source.Commit(Path path, CheckedOut commit) -> copied(path, commit, work);
            case Source.Editable(Path path) -> inPlace(path.toRealPath(), work);
        };
    }

    private static LaidSource whole(Path folder, String hash, WorkFolder work) throws IOException {
        var tree = new SourceTree(folder);
        return new LaidSource(tree, folder, hash, Backend.of(tree), null, work);
    }

    /** Known by its place, not by what lies there now. */
    private static LaidSource inPlace(Path folder, WorkFolder work) throws IOException {
        return whole(folder, Digest.of(folder.toString()), work);
    }

    private static LaidSource copied(Path folder, WorkFolder work) throws IOException {
        Path copy = work.source().resolve("project");
        return whole(copy, FolderCopy.copy(folder.toRealPath(), copy), work);
    }

    /** A part of a commit may ask about the rest of it. */
    private static LaidSource copied(Path folder, CheckedOut commit, WorkFolder work)
            throws IOException {
        Path copy = work.source().resolve("project");
        Path part = commit.tree().relativize(folder);
        String hash = FolderCopy.copy(commit.tree(), copy);
        var tree = new SourceTree(copy.resolve(part));
        return new LaidSource(
                tree,
                copy,
                Digest.of(hash, commit.commit(), part.toString()),
                Backend.of(tree),
                tree.declared().isPresent() ? null : commit,
                work);
    }

    private static LaidSource unpacked(Source.Archived archived, Index index, WorkFolder work)
            throws IndexException, IOException {
        DistributionFile file = archived.file();
        Path packed = index.fetch(file, work.download(), Transfer.SILENT);
        String known = file.sha256();
        String hash = known == null ? BuildCache.sha256(packed) : known;
        Path root = SourceArchive.lay(packed, file.filename(), work.source());
        Files.delete(packed);
        requireNamed(archived, root.getFileName().toString());
        return whole(root, hash, work);
    }

    /** The one folder in it is named as the archive. Old tools wrote the name in many spellings. */
    private static void requireNamed(Source.Archived archived, String folder)
            throws RefusedSourceException {
        SdistName expected = archived.expected();
        if (expected == null) {
            return; // an archive at an address is named as its server likes
        }
        try {
            SdistName found = SdistName.parse(folder + ".tar.gz");
            if (found.name().equals(expected.name())
                    && found.version().equals(expected.version())) {
                return;
            }
        } catch (InvalidSyntaxException _) {
            // told below
        }
        throw new RefusedSourceException(
                "it holds the folder '%s', and not %s-%s"
                        .formatted(folder, expected.name(), expected.version()));
    }

    /**
     * Where its metadata may come out of a repository, makes it one; before anything of it runs.
     */
    void makeRepository() throws EnvironmentException, IOException {
        if (commit != null) {
            commit.makeRepository(top);
        }
    }

    /** What its repository shares with others, and has to be read; null for none. */
    @Nullable Path shared() {
        return commit == null ? null : commit.objects();
    }
}
