package dev.blast.environment.build;

import dev.blast.environment.Digest;
import dev.blast.index.DistributionFile;
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
            case FOLDER, EDITABLE -> new Folder(Path.of(file.uri()));
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
     * A folder of this machine.
     *
     * @param path absolute
     */
    record Folder(Path path) implements Source {
        public Folder {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("not absolute: " + path);
            }
            path = path.normalize();
        }

        @Override
        public String shown() {
            return path.toString();
        }

        @Override
        public String brief() {
            return path.getFileName() + "-" + Digest.of(path.toString()).substring(0, 8);
        }
    }

    /** What people call it. */
    String shown();

    /** The same as a part of the name of a file, of no other source. */
    default String brief() {
        return shown();
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
