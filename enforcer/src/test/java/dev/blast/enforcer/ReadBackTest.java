package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that is left out is noticed before the program's first instruction. */
@Timeout(60)
class ReadBackTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            classes = {
                Step.CgroupNamespace.class,
                Step.PrivateMounts.class,
                Step.Proc.class,
                Step.ResourceLimit.class,
                Step.DropCapabilities.class,
                Step.NoNewPrivileges.class,
                Step.Filter.class
            })
    void aStepLeftOutStopsTheStart(Class<? extends Step> kind) throws Exception {
        assumeTrue(
                kind != Step.PrivateMounts.class
                        || Lines.of(Path.of("/proc/self/mountinfo")).stream()
                                .anyMatch(line -> line.contains(" shared:")),
                "nothing is shared here, so that all mounts are private already");
        Plan plan = plan();
        assertThat(plan.has(kind)).isTrue();
        Plan without =
                new Plan(
                        plan.kernel(),
                        plan.typedSteps().stream().filter(step -> !kind.isInstance(step)).toList(),
                        java.util.Set.of(),
                        plan.substitutes(),
                        plan.leftOut(),
                        Optional.empty());
        assertThatThrownBy(() -> Sandbox.start(without, plan, false).close())
                .isInstanceOf(EnforcerException.class);
    }

    @Test
    void theWholePlanIsInForce() throws Exception {
        Plan plan = plan();
        try (Running running = Sandbox.start(plan, plan, false)) {
            assertThat(running.waitFor()).isZero();
        }
    }

    private Plan plan() throws Exception {
        return new Confined(folder.toRealPath(), PolicyBuilder.system().limit("openFiles", 100))
                .plan(folder.resolve("log"), "true");
    }
}
