package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.kernel.PathBytesTest;
import dev.blast.enforcer.spawn.KeptNamesTest;
import dev.blast.enforcer.spawn.PlaceWatchTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same tests as an ordinary user. Where they run as one already, there is nothing to add. */
@Timeout(300)
class OrdinaryUserTest {
    @TempDir Path folder;

    @Test
    void everythingHoldsForAnOrdinaryUserToo() throws Exception {
        assumeTrue(
                Confined.kernel().userId() == 0,
                "needs root to become somebody else; this is an ordinary user already");
        AsOrdinaryUser.Run run =
                AsOrdinaryUser.tests(
                        folder,
                        DatagramsTest.class,
                        EnforcementTest.class,
                        EscapeTest.class,
                        GateTest.class,
                        GateProxyTest.class,
                        CarriedBytesTest.class,
                        LimitsTest.class,
                        KeptNamesTest.class,
                        PathBytesTest.class,
                        PlaceWatchTest.class,
                        ReadBackTest.class,
                        TemporaryRemainsTest.class,
                        ThrowawayCopyTest.class,
                        WithoutNamespacesTest.class,
                        WitnessTest.class);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    /** By itself, since it says what it counted. */
    @Test
    void waysOutAreHeldToo() throws Exception {
        assumeTrue(
                Confined.kernel().userId() == 0,
                "needs root to become somebody else; this is an ordinary user already");
        AsOrdinaryUser.Run run = AsOrdinaryUser.tests(folder, EscapesOnEachStepTest.class);
        run.output().lines().filter(line -> line.contains("ways out")).forEach(System.out::println);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }
}
