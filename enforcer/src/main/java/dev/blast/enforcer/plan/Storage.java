package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** On what a file lies. */
public sealed interface Storage {

    /** A disk as a whole: the kernel bounds no traffic of partitions. */
    record Disk(BlockDevice device) implements Storage {}

    /** Nothing goes to a disk. */
    record Memory() implements Storage {}

    /** A file system of the network, or one that does not say on which device it is. */
    record Unknown() implements Storage {}

    /** File systems that are in memory, or the kernel's own. */
    Set<String> IN_MEMORY =
            Set.of(
                    "binfmt_misc",
                    "bpf",
                    "cgroup",
                    "cgroup2",
                    "configfs",
                    "debugfs",
                    "devpts",
                    "devtmpfs",
                    "efivarfs",
                    "hugetlbfs",
                    "mqueue",
                    "proc",
                    "pstore",
                    "ramfs",
                    "securityfs",
                    "sysfs",
                    "tmpfs",
                    "tracefs");

    /**
     * What is behind a file.
     *
     * @param deviceNumber st_dev as stat(2) gives it; btrfs and its like have numbers of their own
     *     there
     * @param type the file system's
     * @param sourceNumber st_rdev of what is mounted, 0 where that is no device
     * @param root where {@code /sys} is
     */
    static Storage of(long deviceNumber, String type, long sourceNumber, Path root) {
        if (IN_MEMORY.contains(type)) {
            return new Memory();
        }
        BlockDevice device = BlockDevice.numbered(deviceNumber);
        if (device.major() == 0) {
            device = BlockDevice.numbered(sourceNumber);
        }
        Path known = root.resolve("sys/dev/block").resolve(device.toString());
        if (!Files.isDirectory(known)) {
            return new Unknown();
        }
        if (!Files.exists(known.resolve("partition"))) {
            return new Disk(device);
        }
        // The folder of a partition is in that of its disk; by way of the link that "known" is.
        return Lines.of(known.resolve("../dev")).stream()
                .findFirst()
                .<Storage>map(numbers -> new Disk(BlockDevice.parse(numbers)))
                .orElseGet(Unknown::new);
    }
}
