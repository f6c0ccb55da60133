package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Isolation;
import dev.blast.enforcer.plan.SyscallAnswer;
import dev.blast.enforcer.plan.SyscallDecision;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.verdict.SyscallRights;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyscallNotesTest {
    private static final Reason OFFLINE =
            new Reason(new Origin("own.drl", 3, 1), "offline", Layer.USER, "denySyscalls", "");
    private static final Isolation WHOLE = new Isolation(true, true, true, true, false);
    private static final Isolation NONE = new Isolation(false, false, false, false, false);

    @Test
    void aFamilyThatIsClosedIsNamedWithItsRule() {
        var rights = new SyscallRights(List.of(new SyscallGrant("@internet", false, OFFLINE)));
        assertThat(SyscallNotes.of(SyscallDecision.of(Syscall.socket, rights, WHOLE)))
                .containsExactly(
                        "sockets of the families: UNIX, NETLINK",
                        "not of the family INET: rule \"offline\" own.drl:3",
                        "not of the family INET6: rule \"offline\" own.drl:3");
    }

    @Test
    void whatLooksLikeAnOlderKernelIsSaid() {
        assertThat(SyscallNotes.of(SyscallDecision.of(Syscall.clone3, SyscallRights.NONE, WHOLE)))
                .containsExactly("it fails with ENOSYS");
    }

    @Test
    void thereAreWordsWhereverArgumentsDecide() {
        for (Isolation isolation : List.of(WHOLE, NONE)) {
            for (Syscall call : Syscall.values()) {
                var decision = SyscallDecision.of(call, SyscallRights.NONE, isolation);
                if (decision.answer() instanceof SyscallAnswer.ByArguments) {
                    assertThat(SyscallNotes.of(decision)).as(call.name()).isNotEmpty();
                }
            }
        }
    }
}
