package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The versions of a lock of uv's, where the project has no other. */
final class UvLockTest {
    private static final String ENTRY =
            "[[package]]\nname = '%s'\nversion = '%s'\nsource = { registry = 'https://pypi.org/simple' }\n";

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new SyncBench(folder);
        bench.index().module("httpx", "0.27.0").module("httpx", "0.28.1");
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
    }

    private void uv(String text) throws Exception {
        Files.writeString(bench.project().resolve("uv.lock"), text);
    }

    private Project project() throws Exception {
        return Project.at(bench.project());
    }

    @Test
    void itsVersionsArePreferredUntilThereIsAnotherLock() throws Exception {
        uv(
                "version = 1\n"
                        + "[[package]]\nname = 'shop'\nsource = { virtual = '.' }\n"
                        + ENTRY.formatted("httpx", "0.27.0")
                        + ENTRY.formatted("httpx", "0.28.1")
                        + "resolution-markers = [\"sys_platform == 'win32'\"]\n");
        assertThat(project().settings().followed())
                .containsExactly(
                        "uv.lock: its versions are preferred (1 of them) until there is a pylock.toml");
        assertThat(bench.lines(bench.done(SyncOptions.of("blast sync"))))
                .contains("+ httpx 0.27.0 (pyproject.toml:4)");
        assertThat(project().settings().followed()).isEmpty();
        assertThat(project().unread()).isEmpty();
    }

    @Test
    void oneThatIsNoGoodIsNamedAndPassedOver() throws Exception {
        uv("version = 1\n" + ENTRY.formatted("httpx", "0.\\u001b[31m27"));
        assertThat(project().unread())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.toString())
                                .startsWith("uv.lock is not read: uv.lock:2")
                                .doesNotContain("\u001b"));
        assertThat(bench.lines(bench.done(SyncOptions.of("blast sync"))))
                .contains("+ httpx 0.28.1 (pyproject.toml:4)");
    }

    @Test
    void aLinkOutOfTheProjectIsNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "password = hunter2\n");
        Files.createSymbolicLink(bench.project().resolve("uv.lock"), secret);
        assertThat(project().unread())
                .extracting(Object::toString)
                .containsExactly("uv.lock is not read: it is a link out of the project");
    }
}
