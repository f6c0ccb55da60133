package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Restorable;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.install.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Blast itself wrote into a project's files goes back, and on again, with the environment. A
 * file that somebody has written to since stays as it is, and is named.
 */
final class ProjectReturn {
    private final Path project;
    private final Map<Path, byte[]> before = new LinkedHashMap<>();
    private final Map<Path, byte[]> after = new LinkedHashMap<>();
    private final Set<String> left = new TreeSet<>();
    private final Set<String> made = new TreeSet<>();

    ProjectReturn(Path project) {
        this.project = project;
    }

    /** Takes back what generations edited, the last first. */
    void undo(List<Integer> generations, History history) throws EnvironmentException {
        for (int number : generations) {
            List<Restorable.FileEdit> edits = edits(number, history);
            for (Restorable.FileEdit edit : edits.reversed()) {
                if (edit.before().isPresent()) {
                    step(edit.file(), edit.after(), edit.before().get());
                } else {
                    made.add(edit.file().toString());
                }
            }
        }
    }

    /** Does again what a generation edited. */
    void redo(int generation, History history) throws EnvironmentException {
        for (Restorable.FileEdit edit : edits(generation, history)) {
            step(edit.file(), edit.before().orElse(edit.after()), edit.after());
        }
    }

    private static List<Restorable.FileEdit> edits(int number, History history)
            throws EnvironmentException {
        return history.restorable(number).map(Restorable::edits).orElse(List.of());
    }

    private void step(Path file, byte[] from, byte[] to) {
        if (left.contains(file.toString())) {
            return;
        }
        Optional<byte[]> now = Optional.ofNullable(after.get(file)).or(() -> there(file));
        if (now.isPresent() && Arrays.equals(now.get(), from)) {
            before.putIfAbsent(file, from);
            after.put(file, to);
        } else {
            left.add(file.toString());
            before.remove(file);
            after.remove(file);
        }
    }

    private Optional<byte[]> there(Path file) {
        try {
            return Optional.of(OrdinaryFile.bytes(project.resolve(file)));
        } catch (IOException _) {
            return Optional.empty(); // it is not what Blast wrote
        }
    }

    /** What stays, a sentence each. */
    List<String> remarks() {
        return Stream.concat(
                        left.stream().map(ProjectReturn::stays),
                        made.stream()
                                .map(
                                        "%s was made by a change that is undone, and stays"
                                                ::formatted))
                .toList();
    }

    /** Of a file that others have written to. */
    static String stays(String file) {
        return "%s has been written to by others since, and stays as it is".formatted(file);
    }

    void into(Transaction transaction) throws EnvironmentException {
        for (Map.Entry<Path, byte[]> edit : after.entrySet()) {
            byte[] from = before.getOrDefault(edit.getKey(), edit.getValue());
            if (!Arrays.equals(from, edit.getValue())) {
                transaction.edit(edit.getKey(), from, edit.getValue());
            }
        }
    }
}
