package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.ScriptedOverseer;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.spawn.Overseer.Consequence;
import dev.blast.enforcer.spawn.Overseer.Done;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OversightTest {
    private final AtomicInteger kills = new AtomicInteger();
    private final Attendants attendants = new Attendants(kills::incrementAndGet);

    /** Of a sandbox without a cgroup and without processes of its own: nothing freezes it. */
    private Oversight over(ScriptedOverseer overseer) {
        return new Oversight(
                overseer,
                new Freezer(Optional.empty(), false, Kernel.linux()),
                kills::incrementAndGet,
                attendants);
    }

    private static ScriptedOverseer wanting(Consequence consequence) {
        return new ScriptedOverseer(ViolationKind.CONNECT, consequence);
    }

    @Test
    void eachOfAHundredIsToldAndThenEachDoubling() {
        ScriptedOverseer overseer = wanting(Consequence.NONE);
        try (Oversight oversight = over(overseer)) {
            for (int i = 0; i < 1000; i++) {
                oversight.happened(ViolationKind.CONNECT, "x:1");
            }
        }
        assertThat(overseer.told())
                .extracting(Violation::count)
                .containsExactlyElementsOf(
                        LongStream.concat(
                                        LongStream.rangeClosed(1, 100),
                                        LongStream.of(200, 400, 800))
                                .boxed()
                                .toList());
    }

    @Test
    void whoTriesManyThingsHidesInNoCrowd() {
        ScriptedOverseer overseer = wanting(Consequence.NONE);
        try (Oversight oversight = over(overseer)) {
            for (int port = 1; port <= 1000; port++) {
                oversight.happened(ViolationKind.CONNECT, "x:" + port);
            }
            oversight.happened(ViolationKind.CONNECT, "x:7");
        }
        List<Violation> told = overseer.told();
        assertThat(told)
                .extracting(Violation::subject)
                .filteredOn(it -> !it.equals(Oversight.OTHERS))
                .hasSize(Oversight.MOST_SUBJECTS + 1)
                .endsWith("x:7");
        assertThat(told)
                .filteredOn(it -> it.subject().equals(Oversight.OTHERS))
                .extracting(Violation::count)
                .endsWith(100L, 200L, 400L, 800L);
    }

    @Test
    void whatIsCountedElsewhereIsToldWhereItHasGrown() {
        ScriptedOverseer overseer = wanting(Consequence.NONE);
        try (Oversight oversight = over(overseer)) {
            for (long times : new long[] {2, 2, 3, 3, 90, 150, 160, 299, 300, 5000}) {
                oversight.report(hit("processes", times));
            }
        }
        assertThat(overseer.told())
                .containsExactlyElementsOf(
                        LongStream.of(2, 3, 90, 150, 300, 5000)
                                .mapToObj(count ->
                                        new Violation(ViolationKind.PROCESSES, count, "64"))
                                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 0, ",
        "STOP, 1, STOPPED",
        "FREEZE, 1, STOPPED" // what cannot be frozen
    })
    void whatIsSaidIsDone(Consequence said, int killed, Done done) {
        ScriptedOverseer overseer = wanting(said);
        try (Oversight oversight = over(overseer)) {
            oversight.happened(ViolationKind.CONNECT, "x:1");
        }
        assertThat(kills).hasValue(killed);
        assertThat(overseer.done())
                .containsExactlyElementsOf(Optional.ofNullable(done).stream().toList());
    }

    /** A person who lets it go on knows of it. */
    @Test
    void whatWasLetGoOnIsFrozenAgainWhereThereIsTwiceAsMuch(@TempDir Path group) throws Exception {
        Files.writeString(group.resolve("cgroup.freeze"), "0");
        Files.writeString(group.resolve("cgroup.events"), "frozen 1\n");
        List<Done> done = new ArrayList<>();
        Overseer overseer =
                new Overseer() {
                    @Override
                    public Consequence violated(Violation violation) {
                        return violation.count() > 2 ? Consequence.FREEZE : Consequence.NONE;
                    }

                    @Override
                    public void followed(Violation violation, Done what) {
                        done.add(what);
                    }
                };
        var freezer = new Freezer(Optional.of(group), false, Kernel.linux());
        List<Long> frozen = new ArrayList<>();
        try (var oversight = new Oversight(overseer, freezer, kills::incrementAndGet, attendants)) {
            for (long count = 1; count < 14; count++) {
                oversight.tell(new Violation(ViolationKind.CONNECT, count, "x:1"));
                if (oversight.isFrozen()) {
                    frozen.add(count);
                    assertThat(Files.readString(group.resolve("cgroup.freeze"))).isEqualTo("1");
                    Files.writeString(group.resolve("cgroup.events"), "frozen 0\n");
                    assertThat(oversight.thaw()).isTrue();
                    Files.writeString(group.resolve("cgroup.events"), "frozen 1\n");
                    assertThat(Files.readString(group.resolve("cgroup.freeze"))).isEqualTo("0");
                }
            }
        }
        assertThat(frozen).containsExactly(3L, 6L, 12L);
        assertThat(done).containsOnly(Done.FROZEN).hasSize(3);
        assertThat(kills).hasValue(0);
    }

    @Test
    void whatNobodyCouldLetGoOnIsStopped(@TempDir Path group) throws Exception {
        Files.writeString(group.resolve("cgroup.freeze"), "0");
        Files.writeString(group.resolve("cgroup.events"), "frozen 1\n");
        List<Done> done = new ArrayList<>();
        Overseer overseer =
                new Overseer() {
                    @Override
                    public Consequence violated(Violation violation) {
                        return Consequence.FREEZE;
                    }

                    @Override
                    public boolean freezing() {
                        return false;
                    }

                    @Override
                    public void followed(Violation violation, Done what) {
                        done.add(what);
                    }
                };
        var freezer = new Freezer(Optional.of(group), false, Kernel.linux());
        try (var oversight = new Oversight(overseer, freezer, kills::incrementAndGet, attendants)) {
            oversight.tell(new Violation(ViolationKind.CONNECT, 1, "x:1"));
            assertThat(oversight.isFrozen()).isFalse();
        }
        assertThat(kills).hasValue(1);
        assertThat(done).containsExactly(Done.STOPPED);
        assertThat(Files.readString(group.resolve("cgroup.freeze"))).isEqualTo("0");
    }

    /** It stays frozen, and is said to be. */
    @Test
    void whatCannotBeLetGoOnStaysFrozen(@TempDir Path group) throws Exception {
        Files.writeString(group.resolve("cgroup.freeze"), "0");
        Files.writeString(group.resolve("cgroup.events"), "frozen 1\n");
        var freezer = new Freezer(Optional.of(group), false, Kernel.linux());
        try (var oversight =
                new Oversight(
                        wanting(Consequence.FREEZE), freezer, kills::incrementAndGet, attendants)) {
            oversight.tell(new Violation(ViolationKind.CONNECT, 1, "x:1"));
            Files.delete(group.resolve("cgroup.freeze"));
            assertThat(oversight.thaw()).isFalse();
            assertThat(oversight.isFrozen()).isTrue();
            Files.writeString(group.resolve("cgroup.freeze"), "1");
            assertThat(oversight.thaw()).as("a group above is frozen").isFalse();
            Files.writeString(group.resolve("cgroup.events"), "frozen 0\n");
            assertThat(oversight.thaw()).isTrue();
            assertThat(oversight.isFrozen()).isFalse();
            Files.writeString(group.resolve("cgroup.events"), "frozen 1\n");
            oversight.tell(new Violation(ViolationKind.CONNECT, 2, "x:1"));
            oversight.ended(0);
            assertThat(oversight.thaw()).as("nothing is there").isTrue();
        }
        assertThat(kills).hasValue(0);
    }

    /** It would count nothing from then on. */
    @Test
    @Timeout(20)
    void whereItCannotBeOverseenItIsEnded() {
        Overseer failing =
                _ -> {
                    throw new IllegalStateException("no answer");
                };
        var oversight =
                new Oversight(
                        failing,
                        new Freezer(Optional.empty(), false, Kernel.linux()),
                        kills::incrementAndGet,
                        attendants);
        oversight.happened(ViolationKind.CONNECT, "x:1");
        while (kills.get() == 0) {
            Thread.onSpinWait();
        }
        oversight.close();
        assertThatThrownBy(attendants::check).hasRootCauseMessage("no answer");
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        ScriptedOverseer overseer = wanting(Consequence.STOP);
        Oversight oversight = over(overseer);
        oversight.ended(0);
        oversight.happened(ViolationKind.CONNECT, "x:1");
        oversight.close();
        assertThat(kills).hasValue(0);
        assertThat(overseer.done()).containsExactly(Done.NOTHING_RAN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    memory    | 536870912 | MEMORY    | 512 MiB
                    processes | 64        | PROCESSES | 64
                    cpu       | 1500      | CPU       | 1.5 cpus
                    io        | 5000000   | IO        | 5 MB/s
                    disk      | 1024      | DISK      | 1 KiB
                    files     | 9         | FILES     | 9
                    time      | 60        | TIME      | 1 min
                    """)
    void aLimitIsNamedAsRulesWriteIt(String what, long amount, ViolationKind kind, String subject) {
        assertThat(
                        Oversight.violation(
                                new LimitHit(what, new Limit(amount, PolicyBuilder.REASON), 0, 1)))
                .isEqualTo(new Violation(kind, 1, subject));
    }

    private static LimitHit hit(String what, long times) {
        return new LimitHit(what, new Limit(64, PolicyBuilder.REASON), times, 64);
    }
}
