package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporaryFoldersTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    64,   10,   10,   10
                    64,   64,   32,   42
                    64, 9999, 9999,   32
                    64,    0,   64,   32
                    64,   16,    0,   12
                    """)
    void togetherTheyHoldWhatAProgramMayHave(long memory, long one, long shared, long expected) {
        List<Step> sized =
                TemporaryFolders.within(
                        memory * MIB,
                        List.of(
                                new Step.Temporary(Path.of("/tmp"), one * MIB, 0),
                                new Step.Proc(),
                                new Step.Devices(shared * MIB)));
        long first = ((Step.Temporary) sized.get(0)).sizeBytes();
        long second = ((Step.Devices) sized.get(2)).sharedMemoryBytes();
        assertThat(first / MIB).isEqualTo(expected);
        assertThat(first + second).isLessThanOrEqualTo(memory * MIB);
        assertThat(sized.get(1)).isEqualTo(new Step.Proc());
    }

    /** Memory shared by name is no disk; files are counted in each by itself. */
    @Test
    void togetherTheyHoldWhatAProgramMayPutOnTheDisk() {
        List<Step> steps =
                List.of(
                        new Step.Temporary(Path.of("/tmp"), 0, 0),
                        new Step.Devices(0),
                        new Step.Temporary(Path.of("/var/tmp"), 2 * MIB, 0));
        Limit disk = new Limit(4 * MIB, PolicyBuilder.REASON);
        Limit files = new Limit(100, PolicyBuilder.REASON);
        assertThat(TemporaryFolders.within(null, null, steps)).isEqualTo(steps);
        assertThat(TemporaryFolders.within(disk, files, steps))
                .satisfiesExactly(
                        it ->
                                assertThat(it)
                                        .isEqualTo(
                                                new Step.Temporary(
                                                        Path.of("/tmp"), 682 * 4096, 100)),
                        it -> assertThat(it).isEqualTo(new Step.Devices(0)),
                        it ->
                                assertThat(it)
                                        .isEqualTo(
                                                new Step.Temporary(
                                                        Path.of("/var/tmp"), 341 * 4096, 100)));
    }

    @Test
    void withoutAnyTheStepsStayAsTheyAre() {
        List<Step> steps = List.of(new Step.Proc(), new Step.EnterRoot());
        assertThat(TemporaryFolders.within(MIB, steps)).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /home/ann,                 /own
                    /home/ann/.cache,          /own/.cache
                    /home/ann/shop,            /home/ann/shop
                    /home/ann/shop/x,          /home/ann/shop/x
                    /home/annette,             /home/annette
                    /tmp,                      /own
                    /home/ann/t,               /own
                    /home/ann/t/x,             /own/x
                    /usr/bin:/home/ann/bin,    /usr/bin:/home/ann/bin
                    text,                      text
                    """)
    void whatNamesOneNamesThePrivateFolder(String value, String moved) {
        assertThat(
                        TemporaryFolders.moved(
                                value,
                                List.of(
                                        Path.of("/tmp"),
                                        Path.of("/home/ann"),
                                        Path.of("/home/ann/t")),
                                List.of(Path.of("/usr"), Path.of("/home/ann/shop")),
                                Path.of("/own")))
                .isEqualTo(moved);
    }
}
