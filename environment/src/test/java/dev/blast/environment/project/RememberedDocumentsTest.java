package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.interpreter.KeptAnswers;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedDocumentsTest {
    @TempDir Path home;

    private long kept(String text) throws IOException, TomlException {
        Path folder = home.resolve("answers");
        var memory = new RememberedDocuments(new KeptAnswers(folder, 10));
        TomlDocument before = TomlDocument.parse("pyproject.toml", text, memory);
        TomlDocument after = TomlDocument.parse("pyproject.toml", text, memory);
        assertThat(after.values()).isEqualTo(before.values());
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void whatAFileSaysIsKept() throws Exception {
        assertThat(kept("[project]\nname = \"shop\"\n")).isEqualTo(1);
    }

    @Test
    void aSecretIsNot() throws Exception {
        assertThat(kept("url = \"https://me:secret@index.example/simple\"\n")).isZero();
    }
}
