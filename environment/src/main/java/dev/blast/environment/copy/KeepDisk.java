package dev.blast.environment.copy;

import dev.blast.environment.AtomicFile;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Every change that a {@link Keeping} makes once something is to come, one effect a call, so that a
 * test can stop the machine between any two.
 */
interface KeepDisk {
    /** {@link AtomicFile#write}. */
    void note(Path file, String text) throws IOException;

    /** {@link HeldFolder#carryToNew}. */
    void carry(HeldFolder folder, Path from, Path to) throws IOException;

    /** {@link HeldFolder#swap}. */
    void swap(HeldFolder folder, Path one, Path other) throws IOException;

    /** {@link HeldFolder#makeFolders}. */
    void makeFolder(HeldFolder folder, Path path) throws IOException;

    /** Removes a folder, if it is empty. */
    void removeFolder(HeldFolder folder, Path path) throws IOException;

    static KeepDisk real() {
        return new KeepDisk() {
            @Override
            public void note(Path file, String text) throws IOException {
                AtomicFile.write(file, text);
            }

            @Override
            public void carry(HeldFolder folder, Path from, Path to) throws IOException {
                folder.carryToNew(from, to);
            }

            @Override
            public void swap(HeldFolder folder, Path one, Path other) throws IOException {
                folder.swap(one, other);
            }

            @Override
            public void makeFolder(HeldFolder folder, Path path) throws IOException {
                folder.makeFolders(path);
            }

            @Override
            public void removeFolder(HeldFolder folder, Path path) throws IOException {
                if (Baseline.at(folder, path).filter(Inode::isFolder).isEmpty()) {
                    return; // gone, or another thing
                }
                try {
                    folder.delete(path);
                } catch (FileSystemException e) {
                    if (folder.exists(path) && !folder.names(path).isEmpty()) {
                        return; // somebody has put something in it
                    }
                    throw e;
                }
            }
        };
    }

    /** Makes the names durable in all folders that something came into or went from. */
    static void sync(HeldFolder folder, Iterable<KeepStep> steps) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        for (KeepStep step : steps) {
            touched.add(
                    step.path().getNameCount() == 1
                            ? HeldFolder.HERE
                            : HeldFolder.above(step.path()));
        }
        for (Path path : touched) {
            folder.releaseAllBut(path);
            if (path.equals(HeldFolder.HERE)
                    || Baseline.at(folder, path).filter(Inode::isFolder).isPresent()) {
                folder.sync(path);
            }
        }
    }
}
