package dev.blast.enforcer.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.StandIn;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandInTextTest {
    @Test
    void whatControllersWouldLimitIsOneSentence() {
        assertThat(
                        StandInText.inShort(
                                List.of(
                                        new StandIn.Memory(true),
                                        new StandIn.Processes(true),
                                        new StandIn.ProcessorTime(),
                                        new StandIn.InputAndOutput(),
                                        new StandIn.Delegation(StandIn.Delegation.GivenBy.SYSTEMD),
                                        new StandIn.Disk())))
                .containsExactly(
                        "without delegated cgroups, limited less strictly: memory, processes; not limited: processor time, the rate of input and output (blast check --explain sandbox)",
                        StandInText.of(new StandIn.Disk()));
        assertThat(StandInText.inShort(List.of(new StandIn.Memory(false))))
                .containsExactly(
                        "without delegated cgroups, limited less strictly: memory (blast check --explain sandbox)");
        assertThat(StandInText.inShort(List.of(new StandIn.Processes(false))))
                .containsExactly(
                        "without delegated cgroups, not limited: processes (blast check --explain sandbox)");
        assertThat(StandInText.inShort(List.of())).isEmpty();
    }
}
