package dev.blast.environment.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The git of the machine, as somebody who works in a folder calls it. */
public final class TestGit {
    private TestGit() {}

    /** What it said, without blanks around it. */
    public static String in(Path folder, String... words) throws Exception {
        var line =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "user.name=a",
                                "-c",
                                "user.email=a@b.example",
                                "-c",
                                "protocol.file.allow=always"));
        line.addAll(List.of(words));
        Process process =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
