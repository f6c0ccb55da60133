package dev.blast.solver.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Golden;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Strategy;
import dev.blast.solver.search.Resolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LockFileTest {
    private static final Path FOLDER = Path.of("/shop");

    private final MemoryIndex index = new MemoryIndex();
    private final Request request = Requests.of("web[fast]>=1");

    @BeforeEach
    void releases() {
        index.release("web", "1.0")
                .needs("tools>=1 ; python_version >= '3.8'")
                .extra("fast", "speed")
                .uploaded("2026-01-02T03:00:00Z");
        index.release("tools", "1.1").python(">=3.8");
        index.release("speed", "2.0")
                .wheels(
                        "cp312-cp312-manylinux_2_17_x86_64",
                        "cp311-cp311-manylinux_2_17_x86_64",
                        "py3-none-any");
    }

    @Test
    void isWrittenTheSameEachTime() throws Exception {
        String text = LockFile.of(resolve(index, request), Requests.TARGET, FOLDER).text();
        Golden.assertText("pylock.toml", text);
        assertThat(LockFile.read(text, "pylock.toml", FOLDER).text()).isEqualTo(text);
    }

    @Test
    void answersWithoutTheIndexWhileItFits() throws Exception {
        Resolution first = resolve(index, request);
        Preferences preferences = preferences(first);
        index.release("tools", "1.2");

        var silent = new MemoryIndex();
        Resolution again = resolve(silent, request.with(preferences));
        assertThat(again.pins())
                .map(Pin::toString)
                .isEqualTo(first.pins().stream().map(Pin::toString).toList());
        assertThat(again.pin(new PackageName("speed")).orElseThrow().file().hashes())
                .isEqualTo(first.pin(new PackageName("speed")).orElseThrow().file().hashes());
        assertThat(silent.asked).isEmpty();
    }

    @Test
    void isAPreferenceWhenTheRequestHasChanged() throws Exception {
        Preferences preferences = preferences(resolve(index, request));
        var later = new MemoryIndex();
        later.release("web", "1.0").needs("tools>=1").extra("fast", "speed");
        later.release("web", "2.0").needs("tools>=1").extra("fast", "speed");
        later.release("tools", "1.1");
        later.release("tools", "1.2");
        later.release("speed", "2.0");
        later.release("more", "1.0");
        Request more =
                Request.of(Requests.roots("web[fast]>=1", "more"), Requests.TARGET, Requests.NOW);
        assertThat(resolve(later, more.with(preferences)).pins())
                .map(Pin::toString)
                .containsExactly("more 1.0", "speed 2.0", "tools 1.1", "web 1.0");
        assertThat(resolve(later, more.with(preferences.without(new PackageName("web")))).pins())
                .map(Pin::toString)
                .containsExactly("more 1.0", "speed 2.0", "tools 1.1", "web 2.0");
        assertThat(resolve(later, request.with(Strategy.NEWEST).with(preferences)).pins())
                .map(Pin::toString)
                .containsExactly("speed 2.0", "tools 1.2", "web 2.0");
    }

    @Test
    void doesNotKnowExtrasThatWereNotLocked() throws Exception {
        Resolution plain = resolve(index, Requests.of("web"));
        Resolution fast = resolve(index, request.with(preferences(plain)));
        assertThat(fast.pins())
                .map(Pin::toString)
                .containsExactly("speed 2.0", "tools 1.1", "web 1.0");
    }

    @Test
    void isForItsInterpreterOnly() throws Exception {
        LockFile lock = LockFile.of(resolve(index, request), Requests.TARGET, FOLDER);
        assertThat(lock.select(Requests.target("3.13.0")))
                .isEqualTo(
                        new LockFile.Selection.Refused(
                                "the lock file is for other environments: [implementation_name == \"cpython\" and python_version == \"3.12\""
                                        + " and sys_platform == \"linux\" and platform_machine == \"x86_64\"]"));
    }

    @Test
    void ofAnotherProgramIsAPreference() throws Exception {
        String foreign =
                LockFile.of(resolve(index, request), Requests.TARGET, FOLDER)
                        .text()
                        .replace("created-by = \"blast\"", "created-by = \"other\"")
                        .replaceAll("(?s)\n\\[packages.tool.blast\\].*?\n(?=\n|$)", "\n");
        var selection =
                (LockFile.Selection.Pins)
                        LockFile.read(foreign, "pylock.toml", FOLDER).select(Requests.TARGET);
        assertThat(selection.complete()).isFalse();
        assertThat(selection.pins()).hasSize(3);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertWrong("lock-version = ", "pylock.toml:1:16: ");
        assertWrong(
                "lock-version = \"2.0\"\ncreated-by = \"x\"\npackages = []\n",
                "pylock.toml:1:1: lock-version: a lock file of version 2.0; up to 1.x can be read");
        assertWrong(
                "lock-version = \"1.0\"\ncreated-by = 3\npackages = []\n",
                "pylock.toml:2:1: created-by");
        assertWrong("lock-version = \"1.0\"\ncreated-by = \"x\"\n", "'packages' is missing");
        assertWrong(
                "lock-version = \"1.0\"\ncreated-by = \"x\"\n[[packages]]\nname = \"a b\"\nversion = \"1\"\nwheels = [{ url = \"https://files.example/a-1-py3-none-any.whl\", hashes = { sha256 = \"00\" } }]\n",
                "pylock.toml:4:1: ");
    }

    /** Each package is there for what asks for it, and no more. */
    @Test
    void saysForWhichGroupsAndExtrasAPackageIsThere() throws Exception {
        index.release("dev-tool", "1.0").needs("tools").needs("speed");
        index.release("plot", "3.0");
        List<RootRequirement> own = Requests.roots("web");
        List<RootRequirement> dev = Requests.roots("dev-tool", "web[fast]");
        List<RootRequirement> plots = Requests.roots("plot", "speed");
        var all = new ArrayList<>(own);
        all.addAll(dev);
        all.addAll(plots);
        Resolution resolution = resolve(index, Request.of(all, Requests.TARGET, Requests.NOW));
        var name = new ExtraName("dev");
        var scope =
                new LockScope(
                        own,
                        new TreeMap<>(Map.of(new ExtraName("plots"), plots)),
                        new TreeMap<>(Map.of(name, dev)),
                        Set.of(name));
        LockFile lock =
                LockFile.read(
                        LockFile.of(resolution, Requests.TARGET, FOLDER, scope, Map.of(), Map.of())
                                .text(),
                        "pylock.toml",
                        FOLDER);
        assertThat(lock.pylock().packages())
                .map(it -> it.name() + ": " + it.marker())
                .containsExactly(
                        "dev-tool: \"default\" in dependency_groups or \"dev\" in dependency_groups",
                        "plot: \"plots\" in extras",
                        "speed: \"plots\" in extras or \"default\" in dependency_groups or \"dev\" in dependency_groups",
                        "tools: null",
                        "web: null");
        assertThat(lock.pylock().dependencyGroups()).containsExactly(name);
        assertThat(lock.pylock().defaultGroups()).containsExactly(new ExtraName("default"));
        assertThat(chosen(lock, Set.of(), Set.of())).containsExactly("tools", "web");
        assertThat(chosen(lock, Set.of(), Set.of(name)))
                .containsExactly("dev-tool", "speed", "tools", "web");
        assertThat(chosen(lock, Set.of(new ExtraName("plots")), Set.of()))
                .containsExactly("plot", "speed", "tools", "web");
    }

    private static List<String> chosen(LockFile lock, Set<ExtraName> extras, Set<ExtraName> groups)
            throws LockException {
        return ((LockFile.Selection.Pins) lock.select(Requests.TARGET, extras, groups, Formats.ANY))
                .pins().keySet().stream().map(PackageName::normalized).toList();
    }

    /** Extras and groups are settled, conditions on the interpreter stay. */
    @Test
    void isARequirementsFileWithHashes() throws Exception {
        var lock =
                LockFile.read(
                        """
                        lock-version = "1.0"
                        extras = ["web"]
                        dependency-groups = ["dev", "docs"]
                        default-groups = ["default"]
                        created-by = "other"
                        [[packages]]
                        name = "always"
                        version = "1.0"
                        sdist = { url = "https://files.example/always-1.0.tar.gz", hashes = { sha256 = "0a" } }
                        wheels = [{ url = "https://files.example/always-1.0-py3-none-any.whl", hashes = { sha256 = "0b" } }]
                        [[packages]]
                        name = "tester"
                        version = "2.0"
                        marker = "('default' in dependency_groups or 'dev' in dependency_groups) and sys_platform == 'linux'"
                        wheels = [{ url = "https://files.example/tester-2.0-py3-none-any.whl", hashes = { sha256 = "0c" } }]
                        [[packages]]
                        name = "local"
                        marker = "'web' in extras"
                        archive = { path = "local-1-py3-none-any.whl", hashes = { sha256 = "0d" } }
                        [[packages]]
                        name = "folder"
                        marker = "'docs' in dependency_groups"
                        directory = { path = "folder" }
                        """,
                        "pylock.toml",
                        FOLDER);
        assertThat(exported(lock, Set.of(), "default"))
                .isEqualTo(
                        """
                        always==1.0 \\
                            --hash=sha256:0a \\
                            --hash=sha256:0b
                        tester==2.0 ; sys_platform == "linux" \\
                            --hash=sha256:0c
                        """);
        assertThat(exported(lock, Set.of(new ExtraName("web"))))
                .isEqualTo(
                        """
                        always==1.0 \\
                            --hash=sha256:0a \\
                            --hash=sha256:0b
                        local @ file:///shop/local-1-py3-none-any.whl \\
                            --hash=sha256:0d
                        """);
        assertThatThrownBy(() -> exported(lock, Set.of(), "docs"))
                .hasMessage(
                        "folder is locked as a folder, which has no hash that a requirements file could hold");
    }

    private static String exported(LockFile lock, Set<ExtraName> extras, String... groups)
            throws LockException {
        return HashedRequirements.of(
                lock.pylock(),
                FOLDER,
                extras,
                Stream.of(groups).map(ExtraName::new).collect(Collectors.toSet()));
    }

    /** Files beside the lock go where it goes. */
    @Test
    void namesFilesOfThisMachineByAPath() throws Exception {
        String text =
                LockFile.of(resolve(index, request), Requests.TARGET, FOLDER)
                        .text()
                        .replaceAll(
                                "url = \"https://files.example/(speed-[^\"]*|web[^\"]*)\"",
                                "path = \"wheels/$1\"");
        LockFile lock = LockFile.read(text, "pylock.toml", FOLDER);
        Resolution resolution =
                resolve(
                        new MemoryIndex(),
                        request.with(lock.preferences(Requests.TARGET, Map.of())));
        assertThat(resolution.pin(new PackageName("web")).orElseThrow().file().uri())
                .hasToString("file:///shop/wheels/web-1.0-py3-none-any.whl");
        assertThat(LockFile.of(resolution, Requests.TARGET, FOLDER).text())
                .contains("path = \"wheels/web-1.0-py3-none-any.whl\"")
                .doesNotContain("file:");
    }

    @Test
    void anArchiveWithoutAVersionHasThatOfItsName() throws Exception {
        LockFile lock =
                LockFile.read(
                        """
                        lock-version = "1.0"
                        created-by = "pip"
                        [[packages]]
                        name = "ok"
                        archive = { path = "dist/ok-1.5-py3-none-any.whl", hashes = { sha256 = "00" } }
                        [[packages]]
                        name = "built"
                        archive = { url = "file:///tmp/built-2.0.tar.gz", hashes = { sha256 = "00" } }
                        """,
                        "pylock.toml",
                        FOLDER);
        assertThat(((LockFile.Selection.Pins) lock.select(Requests.TARGET)).pins().values())
                .map(Pin::toString)
                .containsExactly("ok 1.5", "built 2.0");
    }

    private static void assertWrong(String text, String message) {
        assertThatThrownBy(() -> LockFile.read(text, "pylock.toml", FOLDER))
                .isInstanceOf(LockException.class)
                .hasMessageContaining(message);
    }

    private static Preferences preferences(Resolution resolution) throws LockException {
        String text = LockFile.of(resolution, Requests.TARGET, FOLDER).text();
        return LockFile.read(text, "pylock.toml", FOLDER).preferences(Requests.TARGET, Map.of());
    }

    private static Resolution resolve(MemoryIndex index, Request request) throws IndexException {
        return (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
    }

    @Test
    void passwordsOfOthersAreNotReadAndNotWritten() throws Exception {
        String text = LockFile.of(resolve(index, request), Requests.TARGET, FOLDER).text();
        String foreign = text.replace("https://", "https://me:secret@");
        assertThat(foreign).isNotEqualTo(text);
        assertThat(
                        LockFile.read(foreign, "pylock.toml", FOLDER)
                                .preferences(Requests.TARGET, Map.of())
                                .locked()
                                .values())
                .isNotEmpty()
                .noneMatch(pin -> pin.file().uri().toString().contains("secret"));
    }
}
