package dev.blast.solver.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Golden;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.search.Resolver;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LockFileTest {
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
        String text = LockFile.of(resolve(index, request), Requests.TARGET).text();
        Golden.assertText("pylock.toml", text);
        assertThat(LockFile.read(text, "pylock.toml").text()).isEqualTo(text);
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
        LockFile lock = LockFile.of(resolve(index, request), Requests.TARGET);
        assertThat(lock.select(Requests.target("3.13.0")))
                .isEqualTo(
                        new LockFile.Selection.Refused(
                                "the lock file is for other environments: [implementation_name == \"cpython\" and python_version == \"3.12\""
                                        + " and sys_platform == \"linux\" and platform_machine == \"x86_64\"]"));
    }

    @Test
    void ofAnotherProgramIsAPreference() throws Exception {
        String foreign =
                LockFile.of(resolve(index, request), Requests.TARGET)
                        .text()
                        .replace("created-by = \"blast\"", "created-by = \"other\"")
                        .replaceAll("(?s)\n\\[packages.tool.blast\\].*?\n(?=\n|$)", "\n");
        var selection =
                (LockFile.Selection.Pins)
                        LockFile.read(foreign, "pylock.toml").select(Requests.TARGET);
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

    private static void assertWrong(String text, String message) {
        assertThatThrownBy(() -> LockFile.read(text, "pylock.toml"))
                .isInstanceOf(LockException.class)
                .hasMessageContaining(message);
    }

    private static Preferences preferences(Resolution resolution) throws LockException {
        String text = LockFile.of(resolution, Requests.TARGET).text();
        return LockFile.read(text, "pylock.toml").preferences(Requests.TARGET, Map.of());
    }

    private static Resolution resolve(MemoryIndex index, Request request) throws IndexException {
        return (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
    }

    @Test
    void passwordsOfOthersAreNotReadAndNotWritten() throws Exception {
        String text = LockFile.of(resolve(index, request), Requests.TARGET).text();
        String foreign = text.replace("https://", "https://me:secret@");
        assertThat(foreign).isNotEqualTo(text);
        assertThat(
                        LockFile.read(foreign, "pylock.toml")
                                .preferences(Requests.TARGET, Map.of())
                                .locked()
                                .values())
                .isNotEmpty()
                .noneMatch(pin -> pin.file().uri().toString().contains("secret"));
    }
}
