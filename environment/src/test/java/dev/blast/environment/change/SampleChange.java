package dev.blast.environment.change;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change that does a bit of everything: whole folders, shared folders, a file in the way, a
 * publication, the history.
 */
final class SampleChange {
    private SampleChange() {}

    /** Beside the environment, as if the user's data lay there. */
    static Dossier dossier(Environment environment) {
        return new Dossier(
                environment,
                environment.root().resolveSibling(environment.root().getFileName() + ".dossier"));
    }

    /** Beside the environment; edited where it is there. */
    static final String PROJECT_FILE = "pyproject.toml";

    /** Beside it; made where the other one is there. */
    static final String MADE_FILE = "made.toml";

    static final String OLD = "dependencies = ['a<2']\n";
    static final String NEW = "dependencies = ['a>=2,<3']  # longer\n";

    static final Occasion SYNC =
            new Occasion(Occasion.Kind.CHANGE, "blast sync", 0, "somebody", false, "");

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static final Map<String, String> BEFORE =
            Map.of(
                    "pyvenv.cfg", "home = /usr/bin\n",
                    "bin/tool", "old",
                    "lib/site/a/__init__.py", "a 1",
                    "lib/site/a/mine.txt", "a file of the user's",
                    "lib/site/a-1.dist-info/RECORD", "1",
                    "lib/site/ns/one/x.py", "ns 1",
                    "lib/site/b/__init__.py", "b",
                    "lib/site/b/deep/er/x.py", "b",
                    "lib/site/c.py", "somebody else's, in the way");
    static final Set<String> GOING =
            Set.of(
                    "bin/tool",
                    "lib/site/a/__init__.py",
                    "lib/site/a-1.dist-info/RECORD",
                    "lib/site/ns/one/x.py",
                    "lib/site/b/__init__.py",
                    "lib/site/b/deep/er/x.py");
    static final Map<String, String> COMING =
            Map.of(
                    "bin/tool", "new",
                    "lib/site/a/__init__.py", "a 2",
                    "lib/site/a/more.py", "a 2",
                    "lib/site/a-2.dist-info/RECORD", "2",
                    "lib/site/ns/two/x.py", "ns 2",
                    "lib/site/b/deep/er/x.py", "b 2",
                    "lib/site/c.py", "ours");

    static void make(
            Dossier dossier,
            Disk disk,
            History history,
            Map<String, String> coming,
            Set<String> going)
            throws EnvironmentException, IOException {
        try (Transaction transaction = Transaction.begin(dossier, disk)) {
            Trees.write(transaction.fresh().path(), coming);
            transaction.remove(going);
            transaction.keep(Set.of("bin", "lib", "lib/site"));
            Path project = dossier.environment().root().resolveSibling(PROJECT_FILE);
            if (Files.exists(project)) {
                transaction.edit(Path.of(PROJECT_FILE), bytes(OLD), bytes(NEW));
                transaction.edit(Path.of(MADE_FILE), null, bytes(NEW));
            }
            transaction.publish(Applied.file(dossier.environment()), "generation 7");
            var generation =
                    new Generation(
                            7,
                            transaction.id(),
                            Instant.EPOCH,
                            SYNC,
                            "stable",
                            "3.12.1",
                            "",
                            List.of(),
                            List.of(),
                            List.of());
            transaction.commit(generation, history);
        }
    }
}
