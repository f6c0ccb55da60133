package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.SyscallGroups;
import dev.blast.rules.vocabulary.SyscallNames;
import org.junit.jupiter.api.Test;

/** The rules know exactly the system calls and groups that the sandbox enforces. */
class SyscallNamesTest {

    @Test
    void theTwoListsAgree() {
        assertThat(SyscallNames.ALL).isEqualTo(SyscallGroups.policyNames());
    }
}
