package dev.blast.environment.sync;

import dev.blast.environment.install.Contents;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.saves.Save;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Tag;
import dev.blast.packaging.WheelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether what was saved works with an interpreter, package by package. */
final class Fit {
    private static final String WHEEL = ".dist-info/WHEEL";
    private static final long TEXT_CAP_BYTES = 1 << 20;

    private Fit() {}

    /**
     * The packages that were built for something else than an interpreter can use, as {@code NAME
     * VERSION}, sorted.
     *
     * @param contents holds what their files hold
     */
    static List<String> others(Save save, Interpreter interpreter, Contents contents)
            throws IOException {
        var others = new ArrayList<String>();
        for (TreeEntry.File file : save.tree().files()) {
            if (file.path().endsWith(WHEEL) && file.sizeBytes() <= TEXT_CAP_BYTES) {
                Set<Tag> tags = tags(contents.read(file.hash()));
                if (!tags.isEmpty() && interpreter.tags().bestRank(tags).isEmpty()) {
                    String stem = file.path().substring(0, file.path().length() - WHEEL.length());
                    others.add(
                            stem.substring(stem.lastIndexOf('/') + 1)
                                    .replace('-', ' ')
                                    .replace('_', '-'));
                }
            }
        }
        return others.stream().sorted().toList();
    }

    /** What cannot be read says nothing here; it is refused where files are looked at. */
    private static Set<Tag> tags(byte[] wheel) {
        try {
            return WheelFile.read(new String(wheel, StandardCharsets.UTF_8)).tags();
        } catch (InvalidSyntaxException _) {
            return Set.of();
        }
    }
}
