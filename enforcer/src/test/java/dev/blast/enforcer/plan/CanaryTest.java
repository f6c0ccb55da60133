package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.enforcer.Confined;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Canary.Look;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at again and again follows from the plan. */
final class CanaryTest {
    @TempDir Path folder;

    private Plan plan(PolicyBuilder policy) throws Exception {
        return Confined.plan(
                policy.grant(Access.WRITABLE, folder.toRealPath().toString()).build(),
                folder.toRealPath(),
                Stdio.logged(Files.createTempFile(folder, "canary", ".log")),
                "true");
    }

    private static Plan without(Plan plan, Predicate<Step> left) {
        List<Step> steps = new ArrayList<>(plan.steps());
        steps.removeIf(left);
        return new Plan(
                plan.kernel(),
                steps,
                plan.ladder(),
                plan.standIns(),
                plan.leftOut(),
                plan.watched());
    }

    @Test
    void eachWallHasALook() throws Exception {
        Canary canary = Canary.of(plan(PolicyBuilder.system()));
        assertThat(canary.looks())
                .extracting(Look::wall)
                .contains(
                        Wall.PROCESSES,
                        Wall.ROOT,
                        Wall.LANDLOCK,
                        Wall.SECCOMP,
                        Wall.NO_NEW_PRIVILEGES,
                        Wall.CAPABILITIES);
        assertThat(canary.looks())
                .filteredOn(look -> look.wall() == Wall.SECCOMP)
                .extracting(Look::call, Look::expected)
                .contains(
                        tuple(Syscall.clone3, (long) -Errno.ENOSYS.number()),
                        tuple(Syscall.getppid, 0L));
    }

    @Test
    void whatIsNotPlannedIsNotLookedAt() throws Exception {
        Plan plan = plan(PolicyBuilder.system());
        Plan less =
                without(
                        plan,
                        step ->
                                step instanceof Step.Restrict
                                        || step instanceof Step.Filter
                                        || step instanceof Step.NoNewPrivileges);
        assertThat(Canary.of(less).looks())
                .extracting(Look::wall)
                .doesNotContain(Wall.LANDLOCK, Wall.SECCOMP, Wall.NO_NEW_PRIVILEGES);
    }

    /** What a rule shows, or a part of it, is no sign of the machine's own root. */
    @Test
    void whatIsShownIsNoSign() throws Exception {
        Canary usual = Canary.of(plan(PolicyBuilder.system()));
        Canary shown =
                Canary.of(plan(PolicyBuilder.system().grant(Access.READABLE, "/boot", "/var/log")));
        assertThat(usual.looks())
                .extracting(look -> String.valueOf(look.path()))
                .contains("/boot", "/var/log", "/etc/shadow");
        assertThat(shown.looks())
                .extracting(look -> String.valueOf(look.path()))
                .doesNotContain("/boot", "/var/log")
                .contains("/etc/shadow");
    }

    /** A throwaway copy of it lies where it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCopiedIsNoSign(boolean layered) throws Exception {
        Plan plan = plan(PolicyBuilder.system());
        Source other =
                plan.steps().stream()
                        .filter(Step.Bind.class::isInstance)
                        .map(step -> ((Step.Bind) step).source())
                        .findFirst()
                        .orElseThrow();
        Source lower = new Source(Path.of("/root"), HostFiles.Kind.FOLDER, 1, 1);
        List<Step> steps = new ArrayList<>(plan.steps());
        steps.add(
                layered
                        ? new Step.Overlay(lower, other)
                        : new Step.BindCopy(other, lower.path().resolve("shop")));
        var copied =
                new Plan(
                        plan.kernel(),
                        steps,
                        plan.ladder(),
                        plan.standIns(),
                        plan.leftOut(),
                        plan.watched());
        assertThat(Canary.of(plan).looks())
                .extracting(look -> String.valueOf(look.path()))
                .contains("/root");
        assertThat(Canary.of(copied).looks())
                .extracting(look -> String.valueOf(look.path()))
                .doesNotContain("/root")
                .contains("/boot");
    }

    /** A rule may take a call away that is made, or open one that is refused else. */
    @Test
    void theFilterSaysWhatComesOfACall() throws Exception {
        Canary opened = Canary.of(plan(PolicyBuilder.system().allow("clone3")));
        assertThat(opened.looks()).extracting(Look::call).doesNotContain(Syscall.clone3);
        assertThat(opened.looks()).extracting(Look::call).contains(Syscall.openat2);
        assertThat(opened.looks()).hasSizeLessThanOrEqualTo(Canary.MOST_LOOKS);
    }
}
