package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks as /sys shows them: a folder for each, a partition's in its disk's. */
class StorageTest {
    private static final long SDA2 = 8 << 8 | 2;
    private static final long MAPPED = 253 << 8;

    @TempDir Path root;

    @Test
    void aDiskIsTheWholeOfIt() throws IOException {
        disk("pci0/sda", "8:0", "");
        disk("pci0/sda/sda2", "8:2", "2");
        disk("virtual/dm-0", "253:0", "");
        Storage whole = new Storage.Disk(new BlockDevice(8, 0));
        assertThat(Storage.of(8 << 8, "ext4", 0, root)).isEqualTo(whole);
        assertThat(Storage.of(SDA2, "ext4", 0, root)).isEqualTo(whole);
        assertThat(Storage.of(MAPPED, "xfs", 0, root))
                .isEqualTo(new Storage.Disk(new BlockDevice(253, 0)));
        assertThat(Storage.of(45, "btrfs", SDA2, root)).isEqualTo(whole);
    }

    @Test
    void whatIsOnNoDiskIsInMemoryOrNotKnown() {
        assertThat(Storage.of(27, "tmpfs", 0, root)).isEqualTo(new Storage.Memory());
        assertThat(Storage.of(5, "devtmpfs", 0, root)).isEqualTo(new Storage.Memory());
        assertThat(Storage.of(51, "nfs4", 0, root)).isEqualTo(new Storage.Unknown());
        assertThat(Storage.of(SDA2, "ext4", 0, root)).isEqualTo(new Storage.Unknown());
    }

    @Test
    void numbersAreThoseOfTheKernel() {
        assertThat(BlockDevice.numbered(1227949024L)).hasToString("259:300000");
        assertThat(BlockDevice.numbered(299067162849285L)).hasToString("70000:5");
        assertThat(BlockDevice.parse("254:16\n")).isEqualTo(new BlockDevice(254, 16));
    }

    private void disk(String path, String numbers, String partition) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/devices").resolve(path));
        Files.writeString(folder.resolve("dev"), numbers + "\n");
        if (!partition.isEmpty()) {
            Files.writeString(folder.resolve("partition"), partition + "\n");
        }
        Path links = Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(links.resolve(numbers), folder);
    }
}
