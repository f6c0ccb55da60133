package dev.blast.environment.sync;

import dev.blast.environment.Environment;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Generation;
import dev.blast.environment.saves.Save;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an environment will be when a save is loaded.
 *
 * @param other paths that are not as they were saved
 * @param remarks on what was saved and is not in it
 * @param python version of its interpreter
 * @param policy revision of the policy that let it in
 * @param requirements what the project asked for; none where it was another project
 * @param applied what is noted about it, but for name and generation
 * @param isBack whether it comes back to where it was saved, so that its lock does too
 */
record Revival(
        Tree tree,
        List<String> other,
        List<String> remarks,
        String python,
        String strategy,
        String policy,
        List<Generation.Installed> packages,
        List<Generation.Asked> requirements,
        Optional<Applied> applied,
        boolean isBack) {

    /** Whether it was saved at this place by this user, and its interpreter is there. */
    static boolean isComingBack(Save save, Environment environment) {
        return save.applied().isPresent()
                && save.root().equals(environment.root().toString())
                && save.tree().at("bin/python").orElse(null)
                        instanceof TreeEntry.Link(_, _, String target)
                && Files.isExecutable(Path.of(save.root()).resolve("bin").resolve(target));
    }

    static Revival back(Save save) {
        return new Revival(
                save.tree(),
                List.of(),
                List.of(),
                save.python().version().toString(),
                save.strategy(),
                save.policy(),
                save.packages(),
                save.requirements(),
                save.applied().map(Applied::parse),
                true);
    }
}
