package dev.blast.environment.build;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.Digest;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SdistName;
import dev.blast.packaging.Version;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a wheel is built from. */
public sealed interface Source {

    /**
     * Of a file of one of the kinds of source. A commit is built as the folder that it was brought
     * into.
     */
    static Source of(DistributionFile file) {
        return switch (file.kind()) {
            case SDIST -> new Archived(file);
            case FOLDER -> new Folder(Path.of(file.uri()));
            case EDITABLE -> new Editable(Path.of(file.uri()));
            case CHECKOUT, WHEEL ->
                    throw new IllegalArgumentException("no source by itself: " + file.filename());
        };
    }

    /**
     * A source distribution of an index, or an archive at an address.
     *
     * @param file of kind SDIST
     */
    record Archived(DistributionFile file) implements Source {
        @Override
        public String shown() {
            return file.filename();
        }

        /** Of which project and version it has to be; null where its file name does not say. */
        @Nullable SdistName expected() {
            try {
                return SdistName.parse(file.filename());
            } catch (InvalidSyntaxException _) {
                return null;
            }
        }
    }

    /**
     * A folder of this machine, built from a copy of it.
     *
     * @param path absolute
     */
    record Folder(Path path) implements Source {
        public Folder {
            path = absolute(path);
        }

        @Override
        public String shown() {
            return path.toString();
        }
    }

    /**
     * A folder of this machine, asked and built where it lies (PEP 660), with what is around it.
     *
     * @param path absolute
     */
    record Editable(Path path) implements Source {
        public Editable {
            path = absolute(path);
        }

        @Override
        public String shown() {
            return path.toString();
        }
    }

    /**
     * A project of a commit, built from a copy of all its files; where its metadata are not written
     * down, as a repository with its history, out of which backends take versions.
     *
     * @param path absolute, in the files of the commit
     */
    record Commit(Path path, CheckedOut checkedOut) implements Source {
        public Commit {
            path = absolute(path);
        }

        @Override
        public String shown() {
            return path.toString();
        }
    }

    /** A folder, as it would be built. */
    static Source at(Path folder, boolean editable) {
        return editable ? new Editable(folder) : new Folder(folder);
    }

    private static Path absolute(Path path) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
        return path.normalize();
    }

    /** The folder that it lies in from the start; null for an archive. */
    default @Nullable Path folder() {
        return switch (this) {
            case Archived _ -> null;
            case Folder(Path path) -> path;
            case Editable(Path path) -> path;
            case Commit(Path path, _) -> path;
        };
    }

    /** The hook that builds it. */
    default String hook() {
        return this instanceof Editable ? HookCall.EDITABLE : HookCall.BUILD;
    }

    /** What people call it. */
    String shown();

    /** The same as a part of the name of a file, of no other source. */
    default String brief() {
        Path folder = folder();
        return folder == null
                ? shown()
                : folder.getFileName() + "-" + Digest.of(folder.toString()).substring(0, 8);
    }

    /** Of which project it is; null where only a build can say. */
    default @Nullable PackageName name() {
        SdistName expected = this instanceof Archived archived ? archived.expected() : null;
        return expected == null ? null : expected.name();
    }

    /** Which version it is; null where only a build can say. */
    default @Nullable Version version() {
        return this instanceof Archived archived && archived.expected() != null
                ? archived.file().version()
                : null;
    }
}
