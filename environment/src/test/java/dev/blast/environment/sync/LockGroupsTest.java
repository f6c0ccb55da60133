package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.ExtraName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The groups and extras that a lock covers, and those that are asked for. */
final class LockGroupsTest {
    private static final String PROJECT =
            """
            [project]
            name = 'shop'
            version = '1'
            dependencies = ['anyio']
            [project.optional-dependencies]
            web = ['httpx']
            [dependency-groups]
            dev = ['tester']
            docs = ['%s']
            """;

    @TempDir Path folder;

    private SyncBench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new SyncBench(folder);
        bench.index().module("anyio", "4.9.0");
        bench.index().module("httpx", "0.28.1", "anyio");
        bench.index().module("tester", "1.0");
        bench.index().module("writer", "2.0", "anyio");
        bench.pyproject(PROJECT.formatted("writer"));
    }

    /** Who installs less takes nothing out of the lock, and has nothing that is not asked for. */
    @Test
    void fewerThanAreLockedLeaveTheLockAsItIs() throws Exception {
        bench.done(with(false, Set.of("web"), "dev", "docs"));
        String text = lock();
        assertThat(text)
                .contains("\"web\" in extras")
                .contains("\"docs\" in dependency_groups")
                .contains("\"default\" in dependency_groups or \"dev\" in dependency_groups");
        SyncResult.Done fewer = bench.done(with(false, Set.of()));
        assertThat(bench.lines(fewer))
                .map(line -> line.replaceFirst(" \\(.*", ""))
                .filteredOn(line -> line.startsWith("-"))
                .containsExactly("- httpx", "- tester", "- writer");
        assertThat(fewer.answer().lockChanged()).isFalse();
        assertThat(lock()).isEqualTo(text);
        assertThat(bench.lines(bench.done(with(true, Set.of(), "docs"))))
                .map(line -> line.replaceFirst(" \\(.*", ""))
                .filteredOn(line -> line.startsWith("+"))
                .containsExactly("+ writer 2.0");
        assertThat(lock()).isEqualTo(text);
    }

    @Test
    void moreThanAreLockedAreNamedOrAdded() throws Exception {
        bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.run(with(true, Set.of(), "dev", "docs")))
                .isEqualTo(
                        new SyncResult.LockNotCurrent(
                                "it was made without the group docs: pyproject.toml:9 asks for writer, which is not locked"));
        bench.done(with(false, Set.of(), "docs"));
        assertThat(lock()).contains("name = \"tester\"").contains("name = \"writer\"");
    }

    /** What cannot be had together is locked apart, and that is said. */
    @Test
    void whatDoesNotGoTogetherIsNotLockedTogether() throws Exception {
        bench.index().module("old", "1.0", "anyio<4");
        bench.index().module("anyio", "3.0");
        bench.pyproject(PROJECT.replace("['httpx']", "['anyio>=4', 'httpx']").formatted("old"));
        bench.done(with(false, Set.of("web")));
        SyncResult.Done other = bench.done(with(false, Set.of(), "docs"));
        assertThat(other.answer().lockLost())
                .contains(
                        "the extra web of pylock.toml does not go together with what is asked for, and is not locked any more");
        assertThat(lock()).contains("name = \"old\"").doesNotContain("httpx");
    }

    private String lock() throws Exception {
        return Files.readString(bench.project().resolve("pylock.toml")).replace("\\\"", "\"");
    }

    private static SyncOptions with(boolean frozen, Set<String> extras, String... groups) {
        return SyncOptions.of("blast sync")
                .copy(it -> {
                    it.groups = Optional.of(Arrays.stream(groups).map(ExtraName::new).toList());
                    it.extras = extras.stream().map(ExtraName::new).collect(Collectors.toSet());
                    it.frozen = frozen;
                    it.foreigners = SyncPlan.Foreigners.REVERT;
                });
    }
}
