package dev.blast.environment.change;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A disk on which one rename fails, and all others work. */
final class FailingMoves implements Disk {
    private final Disk disk = Disk.real();
    private int left;

    FailingMoves(int goodOnes) {
        this.left = goodOnes;
    }

    @Override
    public void move(HeldFolder root, Path from, Path to) throws IOException {
        if (left-- == 0) {
            throw new FileSystemException(to.toString(), null, "No space left on device");
        }
        disk.move(root, from, to);
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        disk.createDirectories(folder);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        disk.append(file, bytes);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        disk.truncate(file, length);
    }

    @Override
    public void sync(Path folder) throws IOException {
        disk.sync(folder);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void delete(HeldFolder root, Path path) throws IOException {
        disk.delete(root, path);
    }

    @Override
    public void moveToNew(HeldFolder root, Path from, Path to) throws IOException {
        disk.moveToNew(root, from, to);
    }

    @Override
    public void create(HeldFolder root, Path file, byte[] content) throws IOException {
        disk.create(root, file, content);
    }

    @Override
    public void makeFolders(HeldFolder root, Path folder) throws IOException {
        disk.makeFolders(root, folder);
    }

    @Override
    public void sync(HeldFolder root, Path folder) throws IOException {
        disk.sync(root, folder);
    }

    @Override
    public void create(HeldFolder root, Path file, byte[] content, Path like) throws IOException {
        disk.create(root, file, content, like);
    }

    @Override
    public void exchange(HeldFolder root, Path one, Path other) throws IOException {
        disk.exchange(root, one, other);
    }
}
