package dev.blast.environment.change;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A disk that stops after so many effects: the one during which it stops happens not at all or, for
 * an append, in part, and every later one fails too, as after a kill. {@code stop} is what stopping
 * does: throw, or halt the JVM.
 */
public final class PowerCut implements Disk {
    public static final class Dead extends Error {
        private static final long serialVersionUID = 1L;

        Dead() {
            super("the power is off", null, false, false);
        }
    }

    private final Disk disk = Disk.real();
    private final Runnable stop;

    /** Whether a text may be written in part. */
    private final boolean tears;

    private final List<String> log = new ArrayList<>();
    private int left;
    private int effects;

    PowerCut(int effects, Runnable stop) {
        this(effects, stop, true);
    }

    private PowerCut(int effects, Runnable stop, boolean tears) {
        this.left = effects;
        this.stop = stop;
        this.tears = tears;
    }

    /** After so many effects something happens, once, and the power stays on. */
    public static PowerCut then(int effects, Runnable happens) {
        var happened = new AtomicBoolean();
        return new PowerCut(
                effects,
                () -> {
                    if (!happened.getAndSet(true)) {
                        happens.run();
                    }
                },
                false);
    }

    public static PowerCut after(int effects) {
        return new PowerCut(
                effects,
                () -> {
                    throw new Dead();
                });
    }

    /** How many there have been. */
    public int effects() {
        return effects;
    }

    /** What was done, a word and the last name of where, in order. */
    public List<String> log() {
        return log;
    }

    private void tick(String what, Path where) {
        log.add(what + " " + where.getFileName());
        if (left-- <= 0) {
            left = 0;
            stop.run();
        }
        effects++;
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        tick("make", folder);
        disk.createDirectories(folder);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        if (tears && left == 1) {
            disk.append(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            left = 0;
        }
        tick("append", file);
        disk.append(file, bytes);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        tick("truncate", file);
        disk.truncate(file, length);
    }

    @Override
    public void move(HeldFolder root, Path from, Path to) throws IOException {
        tick("move", to);
        disk.move(root, from, to);
    }

    @Override
    public void sync(Path folder) throws IOException {
        tick("sync", folder);
        disk.sync(folder);
    }

    @Override
    public void delete(Path path) throws IOException {
        tick("delete", path);
        disk.delete(path);
    }

    @Override
    public void delete(HeldFolder root, Path path) throws IOException {
        tick("delete", path);
        disk.delete(root, path);
    }

    @Override
    public void moveToNew(HeldFolder root, Path from, Path to) throws IOException {
        tick("move to new", to);
        disk.moveToNew(root, from, to);
    }

    @Override
    public void create(HeldFolder root, Path file, byte[] content) throws IOException {
        tick("create", file);
        disk.create(root, file, content);
    }

    @Override
    public void makeFolders(HeldFolder root, Path folder) throws IOException {
        tick("make", folder);
        disk.makeFolders(root, folder);
    }

    @Override
    public void sync(HeldFolder root, Path folder) throws IOException {
        tick("sync", folder);
        disk.sync(root, folder);
    }

    @Override
    public void create(HeldFolder root, Path file, byte[] content, Path like) throws IOException {
        tick("create", file);
        disk.create(root, file, content, like);
    }

    @Override
    public void exchange(HeldFolder root, Path one, Path other) throws IOException {
        tick("exchange", other);
        disk.exchange(root, one, other);
    }
}
