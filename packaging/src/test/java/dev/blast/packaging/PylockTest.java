package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.Pylock.Selection;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PylockTest {
    private static final MarkerEnvironment LINUX =
            MarkerEnvironment.from(
                    Map.of(
                            "os_name",
                            "posix",
                            "python_version",
                            "3.12",
                            "python_full_version",
                            "3.12.4"));

    private static final Map<String, Object> HASHES = table("sha256", "00ff");

    /** Maps in the order of writing: pairs of key and value. */
    private static Map<String, Object> table(Object... pairs) {
        var table = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            table.put((String) pairs[i], pairs[i + 1]);
        }
        return table;
    }

    private static Map<String, Object> wheel(String file) {
        return table("url", "https://files.index.example/" + file, "hashes", HASHES);
    }

    private static Map<String, Object> lock(Map<?, ?>... packages) {
        return table(
                "lock-version", "1.0",
                "requires-python", ">=3.11",
                "extras", List.of("http"),
                "dependency-groups", List.of("dev"),
                "default-groups", List.of("dev"),
                "created-by", "a test",
                "packages", List.of(packages));
    }

    @Test
    void aLockFileIsAMapAndBack() {
        Map<String, Object> document =
                lock(
                        table(
                                "name",
                                "attrs",
                                "version",
                                "25.1.0",
                                "marker",
                                "os_name == \"posix\"",
                                "requires-python",
                                ">=3.8",
                                "dependencies",
                                List.of(table("name", "other")),
                                "index",
                                "https://index.example/simple",
                                "sdist",
                                table(
                                        "name",
                                        "attrs-25.1.0.tar.gz",
                                        "upload-time",
                                        OffsetDateTime.parse("2025-01-25T11:30:12Z"),
                                        "path",
                                        "files/attrs-25.1.0.tar.gz",
                                        "size",
                                        810562L,
                                        "hashes",
                                        HASHES),
                                "wheels",
                                List.of(wheel("attrs-25.1.0-py3-none-any.whl")),
                                "attestation-identities",
                                List.of(table("kind", "publisher")),
                                "tool",
                                table("x", 1L)),
                        table("name", "here", "directory", table("path", ".", "editable", true)),
                        table(
                                "name",
                                "code",
                                "vcs",
                                table(
                                        "type",
                                        "git",
                                        "url",
                                        "https://code.example/a",
                                        "commit-id",
                                        "abc")),
                        table(
                                "name",
                                "file",
                                "archive",
                                table("path", "a.zip", "hashes", HASHES, "subdirectory", "x")));
        document.put("tool", table("blast", table("strategy", "stable")));
        assertThat(Pylock.of(document).toMap()).isEqualTo(document);
        assertThat(Pylock.of(document).toMap().keySet())
                .containsExactlyElementsOf(document.keySet());
    }

    @Test
    void aFileIsNamedByNamePathOrUrl() {
        assertThat(file(null, "https://index.example/a%2B1-1.0%2Bx.tar.gz?x=/y#z", null))
                .isEqualTo("a+1-1.0+x.tar.gz");
        assertThat(file(null, "https://index.example/x", "c\\d/a-1.whl")).isEqualTo("a-1.whl");
        assertThat(file("b.whl", "https://index.example/x", "a.whl")).isEqualTo("b.whl");
    }

    private static String file(@Nullable String name, String url, @Nullable String path) {
        return new LockedFile(name, null, url, path, null, Map.of("sha256", "00")).filename();
    }

    @Test
    void packagesAreSelectedByMarker() {
        Pylock lock =
                Pylock.of(
                        lock(
                                table(
                                        "name",
                                        "a",
                                        "wheels",
                                        List.of(wheel("a-1-py3-none-any.whl"))),
                                table(
                                        "name", "b",
                                        "marker", "'http' in extras",
                                        "wheels", List.of(wheel("b-1-py3-none-any.whl"))),
                                table(
                                        "name", "b",
                                        "marker",
                                                "'http' not in extras and 'dev' in dependency_groups",
                                        "wheels", List.of(wheel("b-2-py3-none-any.whl")))));
        assertThat(selected(lock, Set.of(), Set.of())).containsExactly("a-1-py3-none-any.whl");
        assertThat(selected(lock, Set.of(), Set.copyOf(lock.defaultGroups())))
                .containsExactly("a-1-py3-none-any.whl", "b-2-py3-none-any.whl");
        assertThat(selected(lock, Set.of(new ExtraName("http")), Set.of()))
                .containsExactly("a-1-py3-none-any.whl", "b-1-py3-none-any.whl");
    }

    private static List<String> selected(
            Pylock lock, Set<ExtraName> extras, Set<ExtraName> groups) {
        return switch (lock.select(LINUX, extras, groups)) {
            case Selection.Selected(var packages) ->
                    packages.stream().map(locked -> locked.wheels().getFirst().filename()).toList();
            case Selection.Refused(String reason) -> List.of(reason);
        };
    }

    @Test
    void aLockFileForElsewhereIsRefused() {
        Map<String, Object> newer = lock();
        newer.put("requires-python", ">=3.13");
        Map<String, Object> elsewhere = lock();
        elsewhere.put("environments", List.of("os_name == 'nt'"));
        Map<String, Object> wheels =
                table("name", "a", "wheels", List.of(wheel("a-1-py3-none-any.whl")));
        Map<String, Object> picky = new LinkedHashMap<>(wheels);
        picky.put("requires-python", "<3.12");
        assertThat(selected(Pylock.of(newer), Set.of(), Set.of()))
                .containsExactly("the lock file is for Python >=3.13, this is 3.12.4");
        assertThat(selected(Pylock.of(elsewhere), Set.of(), Set.of()))
                .containsExactly("the lock file is for other environments: [os_name == \"nt\"]");
        assertThat(selected(Pylock.of(lock(wheels, wheels)), Set.of(), Set.of()))
                .containsExactly("a is locked twice for this environment");
        assertThat(selected(Pylock.of(lock(picky)), Set.of(), Set.of()))
                .containsExactly("a is locked for Python <3.12, this is 3.12.4");
    }

    @Test
    void mistakesNameThePlace() {
        refused(
                "packages[0]: 'name' is missing",
                table("wheels", List.of(wheel("a-1-py3-none-any.whl"))));
        refused(
                "packages[0]: a package has either sdist and wheels, or one of vcs, directory and archive",
                table("name", "a"));
        refused(
                "packages[0]: more than one of vcs, directory and archive",
                table(
                        "name",
                        "a",
                        "directory",
                        table("path", "."),
                        "archive",
                        table("path", "a", "hashes", HASHES)));
        refused(
                "packages[0].wheels[0]: a file has one hash at least in 'hashes'",
                table("name", "a", "wheels", List.of(table("url", "x"))));
        refused(
                "packages[0].wheels[0]: a file has a 'url' or a 'path'",
                table("name", "a", "wheels", List.of(table("hashes", HASHES))));
        refused(
                "packages[0].wheels[0].url: no URL: 'https://h.example/../../a b'",
                table(
                        "name",
                        "a",
                        "wheels",
                        List.of(table("url", "https://h.example/../../a b", "hashes", HASHES))));
        refused(
                "packages[0].wheels[0].url: no URL: 'a-1-py3-none-any.whl'",
                table(
                        "name",
                        "a",
                        "wheels",
                        List.of(table("url", "a-1-py3-none-any.whl", "hashes", HASHES))));
        refused(
                "packages[0].wheels[0]: a file name has no folder: '../a-1-py3-none-any.whl' (at character 3)",
                table(
                        "name",
                        "a",
                        "wheels",
                        List.of(
                                table(
                                        "name",
                                        "../a-1-py3-none-any.whl",
                                        "url",
                                        "https://h.example/a",
                                        "hashes",
                                        HASHES))));
        refused(
                "packages[0].archive: the file is of b 1, the package is a 1",
                table("name", "a", "version", "1", "archive", wheel("b-1-py3-none-any.whl")));
        refused(
                "packages[0].wheels[0]: the file is of b 1, the package is a 1",
                table(
                        "name",
                        "a",
                        "version",
                        "1",
                        "wheels",
                        List.of(wheel("b-1-py3-none-any.whl"))));
        refused(
                "packages[0].sdist: the file is of a 2, the package is a 1",
                table("name", "a", "version", "1", "sdist", wheel("a-2.tar.gz")));
    }

    private static void refused(String message, Map<String, Object> locked) {
        assertThatThrownBy(() -> Pylock.of(lock(locked)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage(message);
    }

    @Test
    void anotherMajorVersionIsRefused() {
        Map<String, Object> document = lock();
        document.put("lock-version", "2.0");
        assertThatThrownBy(() -> Pylock.of(document))
                .hasMessage("lock-version: a lock file of version 2.0; up to 1.x can be read");
        document.put("lock-version", "1.3");
        assertThat(Pylock.of(document).lockVersion()).hasToString("1.3");
    }
}
