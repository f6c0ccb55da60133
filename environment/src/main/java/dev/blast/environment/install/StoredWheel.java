package dev.blast.environment.install;

import dev.blast.packaging.WheelName;
import java.nio.file.Path;
import java.util.List;

/**
 * A wheel in the store: checked against its RECORD, unpacked, read-only.
 *
 * @param sha256 of the wheel file, 64 hexadecimal digits: the key
 * @param wheel the name it came under
 * @param tree the folder that holds its files
 * @param distInfo its .dist-info folder, relative to {@code tree}
 * @param pure whether its root goes to purelib (Root-Is-Purelib)
 * @param files all its files except RECORD and its signatures, sorted by path
 */
public record StoredWheel(
        String sha256,
        WheelName wheel,
        Path tree,
        String distInfo,
        boolean pure,
        List<StoredFile> files) {

    public StoredWheel {
        files = List.copyOf(files);
    }

    Path file(StoredFile file) {
        return tree.resolve(file.path());
    }
}
