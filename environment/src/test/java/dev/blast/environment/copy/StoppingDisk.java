package dev.blast.environment.copy;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Stops before one effect, as a kill does: nobody tidies up afterwards. */
final class StoppingDisk implements KeepDisk {
    private final KeepDisk real = KeepDisk.real();
    private int left;

    /**
     * @param effects how many are still done
     */
    StoppingDisk(int effects) {
        this.left = effects;
    }

    /** Nothing in the program catches it. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1;
    }

    private void pass() {
        if (left-- == 0) {
            throw new Stopped();
        }
    }

    @Override
    public void note(Path file, String text) throws IOException {
        pass();
        real.note(file, text);
    }

    @Override
    public void carry(HeldFolder folder, Path from, Path to) throws IOException {
        pass();
        real.carry(folder, from, to);
    }

    @Override
    public void swap(HeldFolder folder, Path one, Path other) throws IOException {
        pass();
        real.swap(folder, one, other);
    }

    @Override
    public void makeFolder(HeldFolder folder, Path path) throws IOException {
        pass();
        real.makeFolder(folder, path);
    }

    @Override
    public void removeFolder(HeldFolder folder, Path path) throws IOException {
        pass();
        real.removeFolder(folder, path);
    }
}
