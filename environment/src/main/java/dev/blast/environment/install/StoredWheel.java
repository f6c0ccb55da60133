package dev.blast.environment.install;

import dev.blast.packaging.WheelName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    /**
     * What a file holds, as its wheel brought it.
     *
     * @throws ChangedWheelException where it holds something else by now
     */
    byte[] read(StoredFile file) throws IOException {
        byte[] content = start(file, Integer.MAX_VALUE);
        if (!RecordHash.of(content).equals(file.hash())) {
            throw new ChangedWheelException(sha256, file.place());
        }
        return content;
    }

    /** The first bytes that a file has now, whoever wrote them. */
    byte[] start(StoredFile file, int bytes) throws IOException {
        try (InputStream stream = Files.newInputStream(file.place(), LinkOption.NOFOLLOW_LINKS)) {
            return stream.readNBytes(bytes);
        } catch (FileSystemException _) { // gone, or a link by now
            throw new ChangedWheelException(sha256, file.place());
        }
    }
}
