package dev.blast.enforcer.spawn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A hierarchy of cgroups, changed as any folder is. Tests have one without a kernel behind it. */
interface CgroupTree {
    CgroupTree OF_THE_KERNEL =
            new CgroupTree() {
                @Override
                public void make(Path group) throws IOException {
                    Files.createDirectory(group);
                }

                @Override
                public void write(Path file, String value) throws IOException {
                    Files.writeString(file, value, StandardOpenOption.WRITE);
                }

                @Override
                public void remove(Path group) throws IOException {
                    Files.deleteIfExists(group);
                }
            };

    /** The kernel fills it with files. */
    void make(Path group) throws IOException;

    void write(Path file, String value) throws IOException;

    /** By rmdir(2), with its files; not while a process or another group is in it. */
    void remove(Path group) throws IOException;
}
