package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.PathDecision;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is explained about a path is what a program in a real sandbox finds there. */
@Timeout(60)
class PathsInSandboxTest {
    /** Opens each path for reading and for writing, a new file in it where it is a folder. */
    private static final String OPEN_ALL =
            """
            import os
            for path in PATHS:
                answers = []
                for write in False, True:
                    try:
                        if not write:
                            os.listdir(path) if os.path.isdir(path) else open(path, 'rb').close()
                        elif os.path.isdir(path):
                            made = path + '/made-inside'
                            open(made, 'x').close()
                            os.remove(made)
                        else:
                            was = os.path.lexists(path)
                            open(path, 'ab').close()
                            was or os.remove(path)
                        answers.append('yes')
                    except OSError:
                        answers.append('no')
                print(path, *answers)
            """;

    @TempDir Path temporary;
    private Path folder;

    @BeforeEach
    void aTreeWithLinks() throws Exception {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("work/sub"));
        Files.createDirectories(folder.resolve("work/private"));
        Files.createDirectories(folder.resolve("data/secret"));
        Files.createDirectories(folder.resolve("elsewhere"));
        for (String file :
                List.of(
                        "work/file",
                        "work/sub/kept",
                        "work/private/key",
                        "data/file",
                        "data/secret/key",
                        "elsewhere/file")) {
            Files.writeString(folder.resolve(file), "x");
        }
        Files.createSymbolicLink(folder.resolve("work/to-data"), folder.resolve("data/file"));
        Files.createSymbolicLink(folder.resolve("work/to-elsewhere"), Path.of("../elsewhere/file"));
        Files.createSymbolicLink(folder.resolve("data/to-work"), Path.of("../work/file"));
        Files.createSymbolicLink(folder.resolve("data/to-secret"), Path.of("secret/key"));
        Files.createSymbolicLink(folder.resolve("data/circle"), Path.of("circle"));
        Files.createSymbolicLink(folder.resolve("alias"), Path.of("data"));
    }

    @Test
    void whatIsExplainedIsFound() throws Exception {
        var paths = new ArrayList<Path>();
        for (String path :
                List.of(
                        "work/file",
                        "work/new",
                        "work/sub/kept",
                        "work/private/key",
                        "work/to-data",
                        "work/to-elsewhere",
                        "work",
                        "data/file",
                        "data/new",
                        "data/secret/key",
                        "data/to-work",
                        "data/to-secret",
                        "data/circle",
                        "alias/file",
                        "elsewhere/file")) {
            paths.add(folder.resolve(path));
        }
        for (String path :
                List.of(
                        "/dev/null",
                        "/dev/zero",
                        "/dev/shm/new",
                        "/dev/kmsg",
                        "/proc/cpuinfo",
                        "/proc/self/status",
                        "/proc/kcore",
                        "/usr/bin/python3",
                        "/etc/passwd",
                        "/etc/ld.so.cache")) {
            paths.add(Path.of(path));
        }
        PolicyBuilder builder =
                PolicyBuilder.system()
                        .grant(
                                Access.READABLE,
                                folder.resolve("work/sub").toString(),
                                folder.resolve("alias").toString())
                        .grant(
                                Access.HIDDEN,
                                folder.resolve("work/private").toString(),
                                folder.resolve("data/secret").toString());
        var confined = new Confined(folder.resolve("work"), builder);
        String listed = paths.stream().map(path -> "'" + path + "'").toList().toString();
        String found =
                confined.run("python3", "-I", "-c", OPEN_ALL.replace("PATHS", listed)).output();
        SandboxPolicy policy = builder.build();
        var explained = new StringBuilder();
        for (Path path : paths) {
            PathDecision decision = Confinement.decide(policy, Confined.kernel(), path);
            explained.append(
                    "%s %s %s\n"
                            .formatted(
                                    path,
                                    decision.isThere() && decision.readable() ? "yes" : "no",
                                    decision.writable() ? "yes" : "no"));
        }
        assertThat(found).isEqualTo(explained.toString());
    }
}
