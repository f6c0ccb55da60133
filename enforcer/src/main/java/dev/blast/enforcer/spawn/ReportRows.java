package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;

import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows by which a child reports on itself. Each may fail: what is not said is not as planned.
 */
final class ReportRows {
    private static final long PR_GET_PDEATHSIG = 2;
    private static final long PR_GET_SECUREBITS = 27;

    /** Of {@code struct utsname}: six texts of this size, the second is the host's name. */
    private static final int UTSNAME_FIELD_BYTES = 65;

    private static final int PATH_BYTES = 4096;
    private static final int NUMBER_BYTES = 32;

    /** Of {@code struct linux_dirent64}: the length of the entry, and where its name begins. */
    private static final int ENTRY_LENGTH_AT = 16;

    private static final int ENTRY_NAME_AT = 19;

    private final SpawnTable table;
    private final NativeMemory memory;
    private final Map<String, Said> counters = new HashMap<>();
    private @Nullable Added added;

    /** A text in memory, and the row that says how long it is. */
    private record Said(SpawnTable.Row row, long address) {}

    private record Added(
            long deathSignal,
            SpawnTable.Row secureBits,
            long hostName,
            Said directory,
            Said processNumber,
            SpawnTable.Row listing,
            Said descriptors,
            SpawnTable.@Nullable Row canary) {}

    ReportRows(SpawnTable table, NativeMemory memory) {
        this.table = table;
        this.memory = memory;
    }

    void add(@Nullable Path canary, Set<String> counterNames) {
        long deathSignal = memory.allocate(8);
        table.call(Syscall.prctl, PR_GET_PDEATHSIG, deathSignal, 0, 0, 0).mayFail();
        SpawnTable.Row secureBits =
                table.call(Syscall.prctl, PR_GET_SECUREBITS, 0, 0, 0, 0).mayFail();
        long names = memory.allocate(6 * UTSNAME_FIELD_BYTES);
        table.call(Syscall.uname, names).mayFail();
        long directory = memory.allocate(PATH_BYTES);
        SpawnTable.Row directoryRow = table.call(Syscall.getcwd, directory, PATH_BYTES).mayFail();
        long number = memory.allocate(NUMBER_BYTES);
        SpawnTable.Row numberRow =
                table.call(Syscall.readlinkat, AT_FDCWD, text("/proc/self"), number, NUMBER_BYTES)
                        .mayFail();
        long entries = memory.allocate(PATH_BYTES);
        SpawnTable.Row listing = open("/proc/self/fd", O_DIRECTORY);
        SpawnTable.Row entriesRow =
                table.call(Syscall.getdents64, 0, entries, PATH_BYTES).on(listing).mayFail();
        table.call(Syscall.close, 0).on(listing).mayFail();
        for (String name : counterNames) {
            long value = memory.allocate(NUMBER_BYTES);
            SpawnTable.Row file = open("/proc/sys/user/" + name, 0);
            SpawnTable.Row row =
                    table.call(Syscall.read, 0, value, NUMBER_BYTES).on(file).mayFail();
            table.call(Syscall.close, 0).on(file).mayFail();
            counters.put(name, new Said(row, value));
        }
        added =
                new Added(
                        deathSignal,
                        secureBits,
                        names + UTSNAME_FIELD_BYTES,
                        new Said(directoryRow, directory),
                        new Said(numberRow, number),
                        listing,
                        new Said(entriesRow, entries),
                        canary == null ? null : open(canary.toString(), 0));
    }

    /** Once the table was run. */
    SelfReport read() {
        Added rows = added;
        if (rows == null) {
            return SelfReport.NONE;
        }
        Map<String, Long> values = new HashMap<>();
        counters.forEach((name, said) -> {
            String value = text(said).strip();
            if (!value.isEmpty()) {
                values.put(name, Long.valueOf(value));
            }
        });
        return new SelfReport(
                memory.getInt(rows.deathSignal),
                rows.secureBits.result(),
                untilNul(memory.getBytes(rows.hostName, UTSNAME_FIELD_BYTES)),
                untilNul(bytes(rows.directory)),
                text(rows.processNumber),
                numbers(rows),
                rows.canary == null ? 0 : rows.canary.result(),
                values,
                table.refused(Step.UserCounters.class));
    }

    /** All but the one by which they were listed. */
    private List<Integer> numbers(Added rows) {
        List<Integer> numbers = new ArrayList<>();
        long end = rows.descriptors.row().result();
        byte[] entries = memory.getBytes(rows.descriptors.address(), (int) Math.max(0, end));
        for (int at = 0; at < end; ) {
            int length =
                    (entries[at + ENTRY_LENGTH_AT] & 0xff)
                            | (entries[at + ENTRY_LENGTH_AT + 1] & 0xff) << 8;
            int nameAt = at + ENTRY_NAME_AT;
            if (entries[nameAt] != '.') {
                byte[] name = Arrays.copyOfRange(entries, nameAt, at + length);
                int number = Integer.parseInt(untilNul(name));
                if (number != rows.listing.result()) {
                    numbers.add(number);
                }
            }
            at += length;
        }
        return numbers;
    }

    private String text(Said said) {
        return new String(bytes(said), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(Said said) {
        return memory.getBytes(said.address(), (int) Math.max(0, said.row().result()));
    }

    private static String untilNul(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private SpawnTable.Row open(String path, long flags) {
        return table.call(Syscall.openat, AT_FDCWD, text(path), flags | O_CLOEXEC, 0).mayFail();
    }

    private long text(String text) {
        return memory.text(text);
    }
}
