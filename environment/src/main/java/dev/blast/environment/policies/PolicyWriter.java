package dev.blast.environment.policies;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes policy files below a folder, which is held while they are: no link on the way is followed,
 * so that nothing outside is written, whatever a project's folders say.
 */
public final class PolicyWriter {
    private final Path root;

    private PolicyWriter(Path root) {
        this.root = root;
    }

    /** Writes below a folder that may itself be reached by links. */
    public static PolicyWriter below(Path folder) throws EnvironmentException {
        try {
            return new PolicyWriter(folder.toRealPath());
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /**
     * Puts a text in the place of one that was read. Who may read the file stays; whoever reads it
     * now sees the one or the other, whole.
     *
     * @param file from the folder on
     * @throws EnvironmentException where another text stands there by now, which stays, or it
     *     cannot be written
     */
    public void replace(Path file, String read, String text) throws EnvironmentException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".draft");
        try (HeldFolder folder = HeldFolder.openReal(root)) {
            if (folder.exists(aside)) { // somebody was stopped here
                folder.delete(aside);
            }
            if (folder.content(file).isEmpty()) {
                throw new EnvironmentException(
                        "the policy %s is a link, or no file: name the file itself"
                                .formatted(root.resolve(file)));
            }
            folder.create(aside, text.getBytes(StandardCharsets.UTF_8), file);
            folder.exchange(aside, file);
            byte[] was = folder.content(aside).orElse(new byte[0]);
            boolean isAsRead = PolicyText.decoded(was, file).equals(read);
            if (!isAsRead) {
                folder.exchange(aside, file);
            }
            folder.delete(aside);
            if (!isAsRead) {
                throw new EnvironmentException(
                        "the policy %s has changed meanwhile, and stays as it is".formatted(file));
            }
        } catch (IOException e) {
            throw failure(root.resolve(file), e);
        }
    }

    /**
     * Makes files that are not there, and the folders that they lie in: all of them or none.
     *
     * @param texts by file, from the folder on
     * @throws EnvironmentException where something has one of the names, or it cannot be written
     */
    public void create(Map<Path, String> texts) throws EnvironmentException {
        try (HeldFolder folder = HeldFolder.openReal(root)) {
            for (Path file : texts.keySet()) {
                if (file.getParent() != null) {
                    folder.makeFolders(file.getParent());
                }
                if (folder.exists(file)) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s is there already, and stays as it is\nedit it, or move it away first",
                                    file));
                }
            }
            for (Path file : List.copyOf(texts.keySet())) {
                folder.create(file, texts.getOrDefault(file, ""));
            }
        } catch (IOException e) {
            throw failure(root, e);
        }
    }

    private static EnvironmentException failure(Path place, IOException e) {
        return new EnvironmentException(
                "cannot write policies at %s: %s".formatted(place, Cause.of(e, place)), e);
    }
}
