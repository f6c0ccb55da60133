package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of starts while other threads allocate and collect: the child must never see a JVM that
 * moves under it.
 */
@Timeout(300)
class StressTest {
    private static final int STARTS = 200;

    @TempDir Path folder;

    @Test
    void startsUnderGarbageCollection() throws Exception {
        Path real = folder.toRealPath();
        Plan plan =
                Confined.plan(
                        PolicyBuilder.system()
                                .grant(dev.blast.rules.vocabulary.Access.READABLE, real.toString())
                                .limit("memory", 256 << 20)
                                .build(),
                        real,
                        new Stdio(Path.of("/dev/null"), Path.of("/dev/null"), Path.of("/dev/null")),
                        "sh",
                        "-c",
                        "exit 7");
        start(plan, 2);
        Set<String> descriptors = openDescriptors();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> allocating =
                    List.of(
                            threads.submit(() -> allocate(done)),
                            threads.submit(() -> allocate(done)));
            List<Future<Integer>> starting =
                    List.of(
                            threads.submit(() -> start(plan, STARTS / 2)),
                            threads.submit(() -> start(plan, STARTS / 2)));
            try {
                for (Future<Integer> starts : starting) {
                    assertThat(starts.get()).isEqualTo(STARTS / 2);
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> collections : allocating) {
                assertThat(collections.get()).isPositive();
            }
        }
        assertThat(ProcessHandle.current().children()).isEmpty();
        assertThat(descriptors).containsAll(openDescriptors());
    }

    /**
     * Each with what it is open on: what other tests of this process close meanwhile is no concern
     * here, what is open only afterwards is a leak.
     */
    private static Set<String> openDescriptors() throws IOException {
        Set<String> open = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path entry : entries) {
                try {
                    open.add(entry.getFileName() + " " + Files.readSymbolicLink(entry));
                } catch (NoSuchFileException e) {
                    // Closed since the folder was read.
                }
            }
        }
        return open;
    }

    private static int start(Plan plan, int times) throws Exception {
        int right = 0;
        for (int i = 0; i < times; i++) {
            try (Running running = Sandbox.start(plan)) {
                right += running.waitFor() == 7 ? 1 : 0;
            }
        }
        return right;
    }

    private static int allocate(AtomicBoolean done) {
        int collections = 0;
        while (!done.get()) {
            byte[][] garbage = new byte[200][];
            for (int i = 0; i < garbage.length; i++) {
                garbage[i] = new byte[1 << 16];
            }
            System.gc();
            collections += garbage.length > 0 ? 1 : 0;
        }
        return collections;
    }
}
