package dev.blast.enforcer.plan;

import java.nio.file.Path;

/**
 * A path outside that a sandbox gets: real, without a symbolic link in it, and what was there when
 * it was planned. It appears at the same path inside.
 *
 * @param deviceNumber st_dev as stat(2) gives it, 0 with inode 0 where a folder will be made
 * @param kind a folder, a file, or something special
 */
public record Source(Path path, HostFiles.Kind kind, long deviceNumber, long inode) {
    /** What a look has found there. */
    public static Source of(Path path, HostFiles.HostFile file) {
        return new Source(path, file.kind(), file.device(), file.inode());
    }

    static Source folderToBeMade(Path path) {
        return new Source(path, HostFiles.Kind.FOLDER, 0, 0);
    }

    boolean folder() {
        return kind == HostFiles.Kind.FOLDER;
    }

    /** A device node, or a folder of them: nodes in it must work. */
    public boolean device() {
        return kind == HostFiles.Kind.SPECIAL || path.startsWith("/dev");
    }

    public boolean known() {
        return inode != 0;
    }

    /** The device as statx(2) writes it: major in the low, minor in the high half. */
    public long deviceWord() {
        BlockDevice device = BlockDevice.numbered(deviceNumber);
        return (device.major() & 0xffffffffL) | (device.minor() << 32);
    }
}
