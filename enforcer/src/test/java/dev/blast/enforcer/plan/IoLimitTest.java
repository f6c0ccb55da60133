package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which disks a rate is kept on, by which files, and what is said of the rest. */
class IoLimitTest {
    private static final Limit RATE = new Limit(4 << 20, PolicyBuilder.REASON);
    private static final CgroupPlaces VERSION_1 =
            new CgroupPlaces(
                    Map.of(Controller.IO, Path.of("/sys/fs/cgroup/blkio")), null, List.of());
    private static final CgroupPlaces VERSION_2 =
            new CgroupPlaces(
                    Map.of(), Path.of("/cgroup"), List.of(Controller.MEMORY, Controller.IO));
    private static final CgroupPlaces HYBRID =
            new CgroupPlaces(
                    Map.of(Controller.MEMORY, Path.of("/memory")),
                    Path.of("/cgroup"),
                    List.of(Controller.IO));

    private static IoLimit limit(CgroupPlaces places, String... visible) {
        return IoLimit.of(
                RATE, places, Stream.of(visible).map(Path::of).toList(), new FakeHost(""));
    }

    @Test
    void eachDiskBehindWhatIsVisibleOnce() {
        IoLimit limit = limit(VERSION_2, "/usr", "/data/shop", "/home/ann", "/dev/null");
        assertThat(limit.standIns()).isEmpty();
        assertThat(limit.enforced().orElseThrow().settings(true))
                .extracting(CgroupLimit.Setting::file, CgroupLimit.Setting::value)
                .containsExactly(
                        tuple("io.max", "8:0 rbps=4194304 wbps=4194304"),
                        tuple("io.max", "253:0 rbps=4194304 wbps=4194304"));
    }

    @Test
    void bufferedWritesAreCountedByBothControllersOfVersion2Alone() {
        assertThat(limit(VERSION_2, "/usr").standIns()).isEmpty();
        assertThat(limit(HYBRID, "/usr").standIns()).containsExactly(new StandIn.BufferedWrites());
        IoLimit first = limit(VERSION_1, "/usr");
        assertThat(first.standIns()).containsExactly(new StandIn.BufferedWrites());
        assertThat(first.enforced().orElseThrow().settings(false))
                .extracting(CgroupLimit.Setting::file)
                .containsExactly(
                        "blkio.throttle.read_bps_device", "blkio.throttle.write_bps_device");
    }

    @Test
    void whatLiesOnNoKnownDiskIsNamed() {
        IoLimit limit = limit(VERSION_2, "/net/share", "/usr", "/net/more");
        assertThat(limit.enforced()).isPresent();
        assertThat(limit.standIns())
                .containsExactly(
                        new StandIn.NoDiskKnown(
                                List.of(Path.of("/net/share"), Path.of("/net/more"))));
        assertThat(limit(VERSION_1, "/net/share").enforced()).isEmpty();
        assertThat(limit(VERSION_1, "/dev/null")).isEqualTo(limit(VERSION_2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8:0 rbps=10 wbps=10 | 8:0 rbps=10 wbps=10 riops=max wiops=max          | true",
                "8:0 rbps=10 wbps=10 | 9:0 rbps=max wbps=1;8:0 rbps=10 wbps=10 riops=max | true",
                "8:0 rbps=10 wbps=10 | 8:0 rbps=10 wbps=100 riops=max wiops=max          | false",
                "8:0 rbps=10 wbps=10 | 18:0 rbps=10 wbps=10 riops=max                    | false",
                "8:0 10              | 253:0 10;8:0 10                                   | true",
                "8:0 10              | 8:0 100                                           | false",
                "50000 100000        | 50000 100000                                      | true",
                "50000 100000        | max 100000                                        | false",
                "100000              | 98304                                             | true",
                "100000              | 4096                                              | false",
                "100000              | 9223372036854771712                               | false",
                "100000              | ''                                                | false"
            })
    void whatReadsBack(String written, String read, boolean same) {
        List<String> lines = read.isEmpty() ? List.of() : List.of(read.split(";", -1));
        assertThat(new CgroupLimit.Setting("file", written, false).isIn(lines)).isEqualTo(same);
    }
}
