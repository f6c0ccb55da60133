package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_PATH;

import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.BpfProgram;
import dev.blast.enforcer.plan.Landlock;
import dev.blast.enforcer.plan.LandlockRule;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows that take away: capabilities, paths by Landlock, system calls by a filter. */
final class RestrictionRows {
    private static final long PR_CAPBSET_DROP = 24;
    private static final long PR_SET_SECUREBITS = 28;
    private static final long PR_CAP_AMBIENT = 47;
    private static final long PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private static final long LINUX_CAPABILITY_VERSION_3 = 0x20080522;
    private static final long LANDLOCK_RULE_PATH_BENEATH = 1;
    private static final long SECCOMP_SET_MODE_FILTER = 1;
    private static final long SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
    private static final long F_SETFD = 2;

    private final SpawnTable table;
    private final NativeMemory memory;

    RestrictionRows(SpawnTable table, NativeMemory memory) {
        this.table = table;
        this.memory = memory;
    }

    /**
     * The bounding set first, which takes CAP_SETPCAP; then the ways back are locked; then the
     * other sets.
     */
    void dropCapabilities(int last) {
        for (int capability = 0; capability <= last; capability++) {
            table.call(Syscall.prctl, PR_CAPBSET_DROP, capability, 0, 0, 0);
        }
        if (last >= 0) {
            table.call(Syscall.prctl, PR_SET_SECUREBITS, Step.DropCapabilities.SECUREBITS, 0, 0, 0);
        }
        table.call(Syscall.prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
        table.call(Syscall.capset, memory.longs(LINUX_CAPABILITY_VERSION_3), memory.longs(0, 0, 0));
    }

    void restrict(Step.Restrict step) {
        int abi = step.abi();
        Path canary = step.canary();
        if (canary != null) {
            SpawnTable.Row opened =
                    table.call(Syscall.openat, AT_FDCWD, memory.path(canary), O_CLOEXEC, 0);
            table.call(Syscall.close, 0).on(opened);
        }
        long attributes =
                memory.longs(
                        Landlock.handledFiles(abi),
                        step.network() ? Landlock.handledNetwork(abi) : 0,
                        Landlock.scoped(abi));
        long attributeBytes = Landlock.attributeBytes(abi);
        SpawnTable.Row ruleset =
                table.call(Syscall.landlock_create_ruleset, attributes, attributeBytes, 0);
        for (LandlockRule rule : step.rules()) {
            allow(ruleset, rule.path(), Landlock.rights(rule, abi));
        }
        for (int standard = 0; standard < 3; standard++) {
            allowReopening(ruleset, standard, abi);
        }
        table.call(Syscall.landlock_restrict_self, 0, 0).on(ruleset);
        table.call(Syscall.close, 0).on(ruleset);
    }

    /**
     * The row that opens the listener, which then goes through execve(2); null where there is none.
     */
    SpawnTable.@Nullable Row filter(BpfProgram program, boolean listener) {
        long instructions = memory.bytes(program.bytes());
        long header = memory.longs(program.instructions().size(), instructions);
        long flags = listener ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
        SpawnTable.Row filter = table.call(Syscall.seccomp, SECCOMP_SET_MODE_FILTER, flags, header);
        if (!listener) {
            return null;
        }
        table.call(Syscall.fcntl, 0, F_SETFD, 0).on(filter);
        return filter;
    }

    private void allow(SpawnTable.Row ruleset, Path path, long rights) {
        long beneath = memory.longs(rights, 0); // the rights, then a descriptor of 32 bits
        SpawnTable.Row file =
                table.call(Syscall.openat, AT_FDCWD, memory.path(path), O_PATH | O_CLOEXEC, 0)
                        .storedAt(beneath + 8);
        table.call(Syscall.landlock_add_rule, 0, LANDLOCK_RULE_PATH_BENEATH, beneath, 0)
                .on(ruleset);
        table.call(Syscall.close, 0).on(file);
    }

    /**
     * What a standard stream leads to may be opened again, as /dev/stdout, in its own direction and
     * in no other. Pipes and sockets take no rule and need none.
     */
    private void allowReopening(SpawnTable.Row ruleset, int standard, int abi) {
        long direction =
                standard == 0 ? Landlock.READ_FILE : Landlock.WRITE_FILE | Landlock.TRUNCATE;
        long rights = (direction | Landlock.IOCTL_DEV) & Landlock.handledFiles(abi);
        long beneath = memory.longs(rights, standard);
        table.call(Syscall.landlock_add_rule, 0, LANDLOCK_RULE_PATH_BENEATH, beneath, 0)
                .on(ruleset)
                .mayFail();
    }
}
