package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.spawn.SandboxLook;
import dev.blast.enforcer.spawn.SandboxLook.Member;
import dev.blast.environment.session.RunCourse.ProcessSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LooksInOrderTest {
    private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");

    private final LooksInOrder looks = new LooksInOrder(NINE);

    @Test
    void aProcessIsThereFromItsStartToTheLookThatMissesIt() {
        looks.add(look(10, member(7, 1, 1, "sh")));
        looks.add(look(250, member(7, 1, 1, "python3.14"), member(8, 7, 100, "git")));
        looks.add(look(500, member(7, 1, 1, "python3.14")));
        assertThat(looks.ended(at(600)).processes())
                .containsExactly(
                        new ProcessSpan(7, 1, "python3.14", at(1), at(500), at(600)),
                        new ProcessSpan(8, 7, "git", at(100), at(250), at(500)));
    }

    @Test
    void aNumberThatComesAgainIsAnotherProcess() {
        looks.add(look(10, member(7, 1, 1, "a")));
        looks.add(look(250, member(7, 1, 200, "b")));
        assertThat(looks.ended(at(300)).processes())
                .extracting(ProcessSpan::program)
                .containsExactly("a", "b");
    }

    @Test
    void whoseParentEndsStaysItsChild() {
        looks.add(look(10, member(7, 1, 1, "a"), member(8, 7, 2, "b")));
        looks.add(look(250, member(8, 1, 2, "b")));
        assertThat(looks.ended(at(300)).processes())
                .extracting(ProcessSpan::parent)
                .containsExactly(1L, 7L);
    }

    /** The kernel counts coarsely; nothing begins before the run or after it was seen. */
    @Test
    void aStartIsWithinTheRun() {
        looks.add(look(10, member(7, 1, -8, "a"), member(8, 7, 19, "b")));
        assertThat(looks.ended(at(300)).processes())
                .extracting(ProcessSpan::started)
                .containsExactly(at(0), at(10));
    }

    @Test
    void ofTooManyEachIsCountedOnce() {
        Member[] many =
                LongStream.range(0, LooksInOrder.MOST_PROCESSES + 5)
                        .mapToObj(i -> member(100 + i, 1, 1, "x"))
                        .toArray(Member[]::new);
        looks.add(look(10, many));
        looks.add(look(250, many));
        RunCourse course = looks.ended(at(300));
        assertThat(course.processes()).hasSize(LooksInOrder.MOST_PROCESSES);
        assertThat(course.others()).isEqualTo(5);
    }

    @Test
    void aLongRunKeepsItsHighestInFewerSamples() {
        for (int i = 0; i <= LooksInOrder.MOST_SAMPLES; i++) {
            looks.add(new SandboxLook(at(i), List.of(), i == 77 ? 900L : 5L, (long) i, null));
        }
        List<UseSample> samples = looks.ended(at(9_999)).samples();
        assertThat(samples).hasSizeLessThanOrEqualTo(LooksInOrder.MOST_SAMPLES / 2);
        assertThat(samples).extracting(UseSample::memoryBytes).contains(900L);
        assertThat(samples.getLast().at()).isEqualTo(at(LooksInOrder.MOST_SAMPLES));
        assertThat(samples.getLast().cpuMicros()).isEqualTo(LooksInOrder.MOST_SAMPLES);
        assertThat(samples).extracting(UseSample::processes).containsOnlyNulls();
    }

    @Test
    void whatWasNotSeenOnceIsTakenFromItsNeighbour() {
        var samples =
                new ArrayList<>(
                        List.of(
                                new UseSample(at(1), null, 1L, 3L),
                                new UseSample(at(2), 7L, null, 2L)));
        assertThat(UseSample.thinned(samples, 2)).isEqualTo(samples);
        assertThat(UseSample.thinned(samples, 1)).containsExactly(new UseSample(at(2), 7L, 1L, 3L));
    }

    private static SandboxLook look(long millis, Member... members) {
        return new SandboxLook(at(millis), List.of(members), 1L, 1L, (long) members.length);
    }

    private static Member member(long pid, long parent, long started, String program) {
        return new Member(pid, parent, started, at(started), program);
    }

    private static Instant at(long millis) {
        return NINE.plusMillis(millis);
    }
}
