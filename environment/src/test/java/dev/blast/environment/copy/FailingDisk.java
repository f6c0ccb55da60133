package dev.blast.environment.copy;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Fails at one effect and at all that come later, as a disk does that breaks. */
final class FailingDisk implements KeepDisk {
    private final KeepDisk real = KeepDisk.real();
    private int left;

    /**
     * @param effects how many are still done
     */
    FailingDisk(int effects) {
        this.left = effects;
    }

    private void pass(Path path) throws IOException {
        if (left-- <= 0) {
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
    }

    @Override
    public void note(Path file, String text) throws IOException {
        pass(file);
        real.note(file, text);
    }

    @Override
    public void carry(HeldFolder folder, Path from, Path to) throws IOException {
        pass(from);
        real.carry(folder, from, to);
    }

    @Override
    public void swap(HeldFolder folder, Path one, Path other) throws IOException {
        pass(one);
        real.swap(folder, one, other);
    }

    @Override
    public void makeFolder(HeldFolder folder, Path path) throws IOException {
        pass(path);
        real.makeFolder(folder, path);
    }

    @Override
    public void removeFolder(HeldFolder folder, Path path) throws IOException {
        pass(path);
        real.removeFolder(folder, path);
    }
}
