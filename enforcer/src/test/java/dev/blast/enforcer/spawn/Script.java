package dev.blast.enforcer.spawn;

import com.sun.jna.Pointer;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.text.StepText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a {@link SpawnTable} as text: step by step the system calls with the names of their
 * arguments. {@code #1} is what the call that is marked so returned.
 */
public final class Script {
    /** A call, and what kind each of its arguments is. */
    private static final Map<Syscall, List<String>> KINDS =
            """
            capset out caps
            bind number sockaddr number
            chdir text
            clone clone out out number number
            clone3 clone_args number
            close number
            close_range number number number
            dup3 number number open
            execveat number text texts texts at
            exit_group number
            fchdir number
            fcntl number fcntl number
            fsconfig number fsconfig text text number
            fsmount number fsmount attr
            fsopen text fsopen
            getcwd out number
            getdents64 number out number
            ioctl number ioctl ifreq
            landlock_add_rule number landlock beneath number
            landlock_create_ruleset ruleset number number
            landlock_restrict_self number number
            listen number number
            mkdirat number text octal
            mknodat number text octal number
            mount text text text ms text
            mount_setattr number text at mount_attr number
            move_mount number text number text move
            open_tree number text tree
            openat number text open octal
            openat2 number text open_how number
            pivot_root text text
            prctl prctl prctl_argument number number number
            prlimit64 number rlimit limit out
            read number out number
            readlinkat number text out number
            recvfrom number out number number number number
            rt_sigprocmask mask set out number
            seccomp seccomp seccomp_flags filter
            sendto number netlink number number number number
            sethostname text number
            setsockopt number sol so word number
            socket af sock number
            statx number text at statx out
            symlinkat text number text
            umask octal
            umount2 text umount
            uname out
            unlinkat number text number
            unshare clone
            write number text number
            """
                    .lines()
                    .map(line -> List.of(line.split(" ", -1)))
                    .collect(
                            Collectors.toMap(
                                    line -> Syscall.valueOf(line.getFirst()),
                                    line -> line.subList(1, line.size())));

    private static final int LOADS = 1;
    private static final int MAY_FAIL = 2;
    private static final int COMPARES = 4;
    private static final int STORE_AT = 56;
    private static final int RESULT_AT = 64;

    private final Processor processor;
    private final long table;
    private final int rows;

    /** The marks of rows whose results are used, by where the result is read. */
    private final Map<Long, String> marks = new HashMap<>();

    private Script(Processor processor, long table, int rows) {
        this.processor = processor;
        this.table = table;
        this.rows = rows;
    }

    public static String of(List<Step> steps, Descriptors descriptors) {
        return of(Processor.X86_64, steps, descriptors);
    }

    /** For another processor: a call that it has not is an error. */
    public static String of(Processor processor, List<Step> steps, Descriptors descriptors) {
        try (NativeMemory memory = new NativeMemory()) {
            Assembler assembler = new Assembler(processor, memory, descriptors);
            SpawnTable table = assembler.assemble(List.of());
            List<Integer> ends = new ArrayList<>();
            for (Step step : steps) {
                assembler.assemble(List.of(step));
                ends.add(table.size());
            }
            Script script = new Script(processor, table.write(), table.size());
            script.mark();
            StringBuilder text = new StringBuilder();
            int row = 0;
            for (int i = 0; i < steps.size(); i++) {
                text.append(StepText.of(steps.get(i))).append('\n');
                for (; row < ends.get(i); row++) {
                    text.append("    ").append(script.line(row)).append('\n');
                }
            }
            return text.toString();
        }
    }

    /** A result is used by a row that loads it, or where it is stored besides. */
    private void mark() {
        int used = 0;
        for (int row = 0; row < rows; row++) {
            long result = address(row) + RESULT_AT;
            long besides = at(row).getLong(STORE_AT);
            if (besides != result || isLoaded(result)) {
                used++;
                marks.put(result, "#" + used);
                marks.put(besides, "#" + used);
            }
        }
    }

    private boolean isLoaded(long address) {
        for (int row = 0; row < rows; row++) {
            if ((at(row).getInt(4) & LOADS) != 0 && at(row).getLong(8) == address) {
                return true;
            }
        }
        return false;
    }

    private String line(int row) {
        Pointer at = at(row);
        int flags = at.getInt(4);
        if ((flags & COMPARES) != 0) {
            return "expect " + loaded(row, at.getLong(8)) + " to be " + at.getLong(16);
        }
        int number = at.getInt(0);
        Syscall syscall =
                Stream.of(Syscall.values())
                        .filter(it -> number >= 0 && it.number(processor) == number)
                        .findFirst()
                        .orElseThrow();
        List<String> kinds = KINDS.get(syscall);
        if (syscall == null || kinds == null) {
            throw new IllegalStateException(
                    "row " + row + ": what are the arguments of " + syscall);
        }
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            long value = at.getLong(8 + 8L * i);
            String mark = marks.get(address(row) + 8 + 8L * i);
            if (mark != null) {
                arguments.add(mark);
            } else if (i == 0 && (flags & LOADS) != 0) {
                arguments.add(loaded(row, value));
            } else {
                String kind =
                        kinds.get(i).equals("prctl_argument")
                                ? argumentOf(arguments.getFirst())
                                : kinds.get(i);
                arguments.add(new Argument(marks).text(kind, value));
            }
        }
        String mark = marks.get(address(row) + RESULT_AT);
        return (mark == null ? "" : mark + " = ")
                + syscall
                + arguments.stream().collect(Collectors.joining(", ", "(", ")"))
                + ((flags & MAY_FAIL) == 0 ? "" : " or not");
    }

    private static String argumentOf(String operation) {
        return switch (operation) {
            case "SET_PDEATHSIG" -> "signal";
            case "GET_PDEATHSIG" -> "out";
            case "SET_SECUREBITS" -> "securebits";
            case "CAP_AMBIENT" -> "ambient";
            default -> "number";
        };
    }

    /** The result of an earlier row, or a word of what the last statx wrote, or of an answer. */
    private String loaded(int row, long from) {
        if (marks.containsKey(from)) {
            return marks.get(from);
        }
        for (int earlier = row - 1; earlier >= 0; earlier--) {
            long written = at(earlier).getLong(8 + 8L * 4);
            if (at(earlier).getInt(0) == Syscall.statx.number(processor)
                    && from >= written
                    && from < written + 256) {
                return "byte " + (from - written) + " of statx";
            }
        }
        for (int earlier = row - 1; earlier >= 0; earlier--) {
            long received = at(earlier).getLong(8 + 8L);
            if (at(earlier).getInt(0) == Syscall.recvfrom.number(processor)
                    && from >= received
                    && from < received + at(earlier).getLong(8 + 16L)) {
                return "byte " + (from - received) + " of the answer";
            }
        }
        throw new IllegalStateException("row " + row + " compares what nobody wrote");
    }

    private long address(int row) {
        return table + (long) SpawnTable.ROW_BYTES * row;
    }

    private Pointer at(int row) {
        return new Pointer(address(row));
    }
}
