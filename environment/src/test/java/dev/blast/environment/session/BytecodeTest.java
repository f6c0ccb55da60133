package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Environment;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BytecodeTest {
    @TempDir Path project;

    @Test
    void oldFoldersGoAndNoLinkIsFollowed() throws Exception {
        Environment environment = Environment.in(project.toRealPath());
        Path folder = environment.root().resolve(".blast/bytecode");
        Path elsewhere = Files.createDirectories(project.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("file"), "x");
        for (int i = 0; i < 12; i++) {
            Path one = Files.createDirectories(folder.resolve("key" + i));
            Files.createSymbolicLink(one.resolve("link"), elsewhere);
            Files.setLastModifiedTime(one, FileTime.fromMillis(1000L * i));
        }
        new Bytecode(environment).tidy();
        assertThat(names(folder)).hasSize(8).contains("key11", "key4").doesNotContain("key3");
        new Bytecode(environment).clear();
        assertThat(names(folder)).isEmpty();
        assertThat(elsewhere.resolve("file")).exists();
    }

    /** In an image that another user made, or on a disk that can only be read. */
    @Test
    void whereNoneCanBeKeptNoneIsGranted() throws Exception {
        Path file = Files.writeString(project.resolve("file"), "x");
        var bytecode = new Bytecode(new Environment(file));
        Path folder = file.resolve(".blast/bytecode");
        var reason = new Reason(new Origin("file.drl", 1, 1), "rule", Layer.USER, "writable", "");
        var policy =
                new SandboxPolicy(
                        List.of(
                                new PathGrant(
                                        folder, Access.WRITABLE, OptionalLong.empty(), reason),
                                new PathGrant(
                                        project, Access.READABLE, OptionalLong.empty(), reason)),
                        Limits.NONE,
                        Map.of(),
                        Map.of("PYTHONPYCACHEPREFIX", folder.toString(), "A", "1"),
                        Map.of(),
                        SyscallRights.NONE,
                        List.of(),
                        List.of());
        SandboxPolicy apart = bytecode.apart(policy);
        assertThat(apart.paths()).extracting(PathGrant::path).containsExactly(project);
        assertThat(apart.setVariables()).containsOnlyKeys("A");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
