package dev.blast.environment.saves;

import dev.blast.environment.change.Generation;
import dev.blast.environment.install.Venv;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An environment as it was when it was saved.
 *
 * @param command by which it was saved, as it was typed
 * @param environment what the environment is called
 * @param root absolute, where it lay: scripts name their interpreter by it
 * @param strategy by which versions were chosen; empty where none were
 * @param policy revision of the policy in force, or empty
 * @param packages all that was installed, sorted by name
 * @param requirements what the project asked for
 * @param applied text of {@link dev.blast.environment.change.Applied}, in saves of this user alone
 * @param lock text of the lock file; empty where there was none
 */
public record Save(
        SaveName name,
        Instant time,
        String command,
        String environment,
        String root,
        SavedPython python,
        String strategy,
        String policy,
        List<Generation.Installed> packages,
        List<Generation.Asked> requirements,
        Optional<String> applied,
        Optional<String> lock,
        Tree tree) {

    public Save {
        packages = List.copyOf(packages);
        requirements = List.copyOf(requirements);
    }

    /** What its files hold together, in bytes. */
    public long bytes() {
        return tree.files().stream().mapToLong(TreeEntry.File::sizeBytes).sum();
    }

    /** The same for others: without what is of this machine, and with these alone. */
    public Save travelling(Tree tree, List<Generation.Installed> packages) {
        return new Save(
                name,
                time,
                command,
                environment,
                root,
                python,
                strategy,
                policy,
                packages,
                requirements,
                Optional.empty(),
                lock,
                tree);
    }

    /**
     * What travels with it: the size of each content by its hash. What a venv is made of is laid
     * out anew where it is loaded, and does not.
     */
    public SortedMap<String, Long> contents() {
        var contents = new TreeMap<String, Long>();
        for (TreeEntry.File file : tree.files()) {
            if (!Venv.isOwn(file.path())) {
                contents.put(file.hash(), file.sizeBytes());
            }
        }
        return contents;
    }
}
