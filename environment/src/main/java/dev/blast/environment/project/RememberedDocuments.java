package dev.blast.environment.project;

import dev.blast.environment.interpreter.KeptAnswers;
import dev.blast.packaging.Redaction;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlMemory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the files of projects say, in the user's data: who could write it is believed anyway. Kept
 * for this user alone, and not where an address in it has a login.
 */
public final class RememberedDocuments implements TomlMemory {
    private static final int MOST = 500;

    private final KeptAnswers answers;

    RememberedDocuments(KeptAnswers answers) {
        this.answers = answers;
    }

    /** A memory in a folder; none where this program may be another one soon. */
    public static TomlMemory in(Path folder) {
        return KeptAnswers.by(folder, MOST, TomlDocument.class)
                .<TomlMemory>map(RememberedDocuments::new)
                .orElse(NONE);
    }

    @Override
    public Optional<String> read(String document) {
        return answers.read(document);
    }

    @Override
    public void keep(String document, String nodes) {
        if (Redaction.inText(nodes).equals(nodes)) {
            answers.write(document, nodes);
        }
    }
}
