package dev.blast.environment.sync;

import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.ScriptHead;
import dev.blast.environment.install.Venv;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.environment.tree.TreeScan;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tree of an environment at another place, or with another interpreter of the same kind: what a
 * venv is made of is made anew, and scripts name the interpreter that is there. At the same place
 * with the same interpreter that is the same tree. One thread.
 */
final class Relocation {
    private static final String SCRIPTS = "bin/";

    /** What is larger is no script that anybody wrote, and stays as it is. */
    private static final long SCRIPT_CAP_BYTES = 256L << 20;

    private static final String RECORD = ".dist-info/RECORD";

    private final Tree saved;
    private final Contents contents;
    private final Map<String, TreeEntry> entries = new TreeMap<>();
    private final Set<String> other = new TreeSet<>();

    private Relocation(Tree saved, Contents contents) {
        this.saved = saved;
        this.contents = contents;
    }

    /**
     * What came of it.
     *
     * @param other paths that are not there as they were, sorted
     */
    record Relocated(Tree tree, List<String> other) {}

    /**
     * Relocates.
     *
     * @param saved the packages have been looked at
     * @param from where it lay
     * @param to where it will lie
     * @param prompt what activation shows
     * @param contents takes what is new
     */
    static Relocated of(
            Tree saved,
            Path from,
            Path to,
            Interpreter interpreter,
            String prompt,
            Contents contents)
            throws IOException {
        var relocation = new Relocation(saved, contents);
        saved.entries().stream()
                .filter(it -> !Venv.isOwn(it.path()))
                .forEach(it -> relocation.entries.put(it.path(), it));
        relocation.venv(to, interpreter, prompt);
        if (!from.equals(to)) {
            relocation.scripts(from, to);
        }
        return new Relocated(Tree.of(relocation.entries.values()), List.copyOf(relocation.other));
    }

    private void venv(Path root, Interpreter interpreter, String prompt) throws IOException {
        try (HeldFolder folder = HeldFolder.openReal(contents.scratch())) {
            Venv.lay(folder, root, interpreter, prompt);
            Tree made = TreeScan.of(folder, (_, _, place) -> contents.take(place));
            for (TreeEntry entry : made.entries()) {
                TreeEntry before = saved.at(entry.path()).orElse(null);
                boolean isSame =
                        switch (entry) {
                            case TreeEntry.Folder _ -> before instanceof TreeEntry.Folder;
                            case TreeEntry.Link(_, _, String target) ->
                                    before instanceof TreeEntry.Link was
                                            && was.target().equals(target);
                            case TreeEntry.File file ->
                                    before instanceof TreeEntry.File was
                                            && was.hash().equals(file.hash());
                        };
                entries.put(entry.path(), isSame && before != null ? before : entry);
                if (!isSame) {
                    other.add(entry.path());
                }
            }
        }
        saved.entries().stream()
                .map(TreeEntry::path)
                .filter(path -> !entries.containsKey(path) && !path.equals(Venv.GIT_IGNORE))
                .forEach(other::add);
    }

    private void scripts(Path from, Path to) throws IOException {
        Map<String, TreeEntry.File> rewritten = new HashMap<>();
        for (TreeEntry entry : List.copyOf(entries.values())) {
            if (entry instanceof TreeEntry.File script
                    && script.path().startsWith(SCRIPTS)
                    && !Venv.isOwn(script.path())) {
                rewritten(script, from, to).ifPresent(it -> rewritten.put(it.path(), it));
            }
        }
        for (TreeEntry entry : List.copyOf(entries.values())) {
            if (!rewritten.isEmpty()
                    && entry instanceof TreeEntry.File file
                    && file.path().endsWith(RECORD)) {
                record(file, rewritten).ifPresent(it -> rewritten.put(it.path(), it));
            }
        }
        entries.putAll(rewritten);
        other.addAll(rewritten.keySet());
    }

    private Optional<TreeEntry.File> rewritten(TreeEntry.File script, Path from, Path to)
            throws IOException {
        if (script.sizeBytes() > SCRIPT_CAP_BYTES
                || !contents.startsAs(script.hash(), ScriptHead.START)) {
            return Optional.empty();
        }
        Optional<byte[]> other =
                ScriptHead.relocated(
                        contents.read(script.hash()), from.resolve("bin"), to.resolve("bin"));
        return other.isPresent() ? Optional.of(with(script, other.get())) : Optional.empty();
    }

    private TreeEntry.File with(TreeEntry.File file, byte[] content) throws IOException {
        return new TreeEntry.File(
                file.path(),
                file.mode(),
                file.modifiedNanos(),
                content.length,
                contents.take(content));
    }

    private Optional<TreeEntry.File> record(
            TreeEntry.File record, Map<String, TreeEntry.File> rewritten) throws IOException {
        Path site = HeldFolder.above(HeldFolder.above(Path.of(record.path())));
        String text = new String(contents.read(record.hash()), StandardCharsets.UTF_8);
        var lines = new ArrayList<RecordEntry>();
        boolean isOther = false;
        for (RecordEntry line : RecordFile.read(text).entries()) {
            TreeEntry.File script =
                    line.path().contains(SCRIPTS)
                            ? rewritten.get(site.resolve(line.path()).normalize().toString())
                            : null;
            isOther |= script != null;
            lines.add(
                    script == null
                            ? line
                            : new RecordEntry(line.path(), script.hash(), script.sizeBytes()));
        }
        return isOther
                ? Optional.of(
                        with(
                                record,
                                new RecordFile(lines).write().getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}
