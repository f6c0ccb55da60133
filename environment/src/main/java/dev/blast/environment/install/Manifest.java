package dev.blast.environment.install;

import dev.blast.packaging.WheelName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store knows of one wheel, beside its files. Text: a line of format, the wheel's own
 * lines, a line a file, a last line by which a torn one is told from a whole one. Names in a wheel
 * hold no control characters, so a line is a line.
 */
final class Manifest {
    private static final String FORMAT = "blast stored wheel 2";
    private static final String END = "end";

    private Manifest() {}

    static void write(Path file, StoredWheel wheel, String wheelFileName) throws IOException {
        var text = new StringBuilder(64 + 140 * wheel.files().size());
        text.append(FORMAT).append('\n');
        text.append(wheelFileName).append('\n');
        text.append(wheel.distInfo()).append('\n');
        text.append(wheel.pure() ? "purelib" : "platlib").append('\n');
        for (StoredFile stored : wheel.files()) {
            text.append(stored.hash())
                    .append(' ')
                    .append(stored.sizeBytes())
                    .append(stored.executable() ? " x " : " - ")
                    .append(stored.path())
                    .append('\n');
        }
        Files.writeString(file, text.append(END).append('\n'));
    }

    /** What was written; empty where there is nothing, or nothing that this version wrote whole. */
    static Optional<StoredWheel> read(Path file, String sha256, Path tree) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException | CharacterCodingException _) {
            return Optional.empty();
        }
        if (lines.size() < 5 || !lines.getFirst().equals(FORMAT) || !lines.getLast().equals(END)) {
            return Optional.empty();
        }
        try {
            var files = new ArrayList<StoredFile>(lines.size());
            for (String line : lines.subList(4, lines.size() - 1)) {
                files.add(file(line, tree));
            }
            boolean pure = lines.get(3).equals("purelib");
            return Optional.of(
                    new StoredWheel(
                            sha256,
                            WheelName.parse(lines.get(1)),
                            tree,
                            lines.get(2),
                            pure,
                            files));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static StoredFile file(String line, Path tree) {
        int size = line.indexOf(' ') + 1;
        int mode = line.indexOf(' ', size) + 1;
        String path = line.substring(mode + 2);
        return new StoredFile(
                path,
                tree.resolve(path),
                line.substring(0, size - 1),
                Long.parseLong(line, size, mode - 1, 10),
                line.charAt(mode) == 'x');
    }
}
