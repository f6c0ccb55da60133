package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import dev.blast.enforcer.Confined;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.Wall;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a first process comes to that says nothing, on a clock that runs by itself. */
final class WallWatchTest {
    private static final int END = 200;

    @TempDir Path first;

    /** On which nothing is ever said, until the process ends after some seconds. */
    private static final class SilentKernel implements Kernel {
        private int seconds;
        private int signals;

        @Override
        public long call(Syscall syscall, long... arguments) {
            return switch (syscall) {
                case poll -> arguments[1] == 2 ? second(arguments[0]) : 0;
                case pidfd_send_signal -> signals++;
                default -> throw new IllegalArgumentException(syscall.name());
            };
        }

        private long second(long poll) {
            seconds++;
            if (seconds < END) {
                return 0;
            }
            new Pointer(poll).setShort(14, (short) 1); // revents of the second
            return 1;
        }

        @Override
        public long spawn(long tableAddress) {
            throw new IllegalStateException("nothing is started");
        }

        @Override
        public int spawnRefusal() {
            return 0;
        }
    }

    private OutsideWalls outside() throws Exception {
        Plan whole =
                Confined.plan(
                        PolicyBuilder.system().grant(Access.WRITABLE, first.toString()).build(),
                        first,
                        Stdio.inherit(),
                        "sleep",
                        "1");
        var none =
                new Plan(
                        whole.kernel(),
                        List.of(),
                        whole.ladder(),
                        whole.standIns(),
                        whole.leftOut(),
                        whole.watched());
        var groups = new Step.MakeCgroups(CgroupPlaces.NONE, List.of(), List.of());
        return new OutsideWalls(none, first, SandboxCgroups.make(groups, Kernel.linux()));
    }

    @ParameterizedTest
    @CsvSource({
        // state, flags, within reach, frozen; after how many seconds, let go on so often
        "S, 0, false, false, 12, 0",
        "S, 0, true, false, 12, 0",
        "S, 0, false, true, , 0",
        "R, 0, false, false, 60, 0",
        "D, 0, true, false, 60, 0",
        "T, 0, false, false, , 0", // by somebody outside
        "T, 0, true, false, 24, 1",
        "T, 0, true, true, , 0",
        "t, 0, true, false, , 0",
        "Z, 0, false, false, , 0"
    })
    void whoSaysNothingIsEnded(
            String state,
            long flags,
            boolean isWithinReach,
            boolean isFrozen,
            @Nullable Integer seconds,
            int letGoOn)
            throws Exception {
        Files.writeString(first.resolve("stat"), stat(state, flags));
        var kernel = new SilentKernel();
        var watch =
                new WallWatch(
                        new Canary(List.of()),
                        outside(),
                        first,
                        isWithinReach,
                        () -> isFrozen,
                        kernel);
        assertThat(watch.waitForLoss(7, 8))
                .isEqualTo(seconds == null ? Optional.<Wall>empty() : Optional.of(Wall.ANSWER));
        assertThat(kernel.seconds).isEqualTo(seconds == null ? END : seconds);
        assertThat(kernel.signals).isEqualTo(letGoOn);
    }

    /** While it waits for the others to end it has no files and says nothing. */
    @ParameterizedTest
    @CsvSource({"S", "D", "R"})
    void whoIsEndingHasLostNothing(String state) throws Exception {
        Files.writeString(first.resolve("stat"), stat(state, 0x400104));
        var watch =
                new WallWatch(
                        new Canary(List.of()),
                        outside(),
                        first,
                        false,
                        () -> false,
                        new SilentKernel());
        assertThat(watch.waitForLoss(7, 8)).isEmpty();
    }

    private static String stat(String state, long flags) {
        return "1 (a) (b) %s 0 1 1 0 -1 %d 0".formatted(state, flags);
    }
}
