package dev.blast.cli.command;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.plan.SyscallAnswer;
import dev.blast.enforcer.plan.SyscallDecision;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.vocabulary.SocketFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an allowed system call may be asked for, and how a refused one fails, in words. */
final class SyscallNotes {
    private SyscallNotes() {}

    static List<String> of(SyscallDecision decision) {
        return switch (decision.answer()) {
            case SyscallAnswer.Allowed _ -> List.of();
            case SyscallAnswer.Refused(Errno errno) ->
                    errno == Errno.EPERM ? List.of() : List.of("it fails with " + errno);
            case SyscallAnswer.AtTheGate _ ->
                    List.of("each is judged by the rules about connections");
            case SyscallAnswer.ByArguments _ -> byArguments(decision);
        };
    }

    private static List<String> byArguments(SyscallDecision decision) {
        return switch (decision.syscall()) {
            case socket -> families(decision.families());
            case socketpair -> List.of("only pairs of the family UNIX");
            case clone -> List.of("without new namespaces");
            case chmod, fchmod, fchmodat, fchmodat2, creat, mkdir, mkdirat, mknod, mknodat ->
                    List.of("without a set-user-ID or set-group-ID bit");
            case open, openat ->
                    List.of("a file is not made with a set-user-ID or set-group-ID bit");
            case setpriority, ioprio_set, prlimit64 ->
                    List.of("for the program's own processes, not for groups, users or outsiders");
            case sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr ->
                    List.of("for the calling thread only, since processes outside can be named");
            case ioctl -> List.of("nothing is typed into the terminal, taken over or locked by it");
            case kill -> List.of("not to the own process group, to which others belong");
            case personality -> List.of("only the ordinary ones");
            case seccomp -> List.of("without a listener");
            case sendto, sendmsg, sendmmsg ->
                    List.of("none that connects as it sends (MSG_FASTOPEN)");
            default ->
                    throw new IllegalStateException(
                            "no words for what decides about " + decision.syscall());
        };
    }

    private static List<String> families(Map<SocketFamily, Ruling> families) {
        var notes = new ArrayList<String>();
        notes.add("sockets of the families: " + joined(families, true));
        families.forEach((family, ruling) -> {
            for (Reason reason : ruling.allowed() ? List.<Reason>of() : ruling.because()) {
                notes.add(
                        "not of the family %s: %s"
                                .formatted(family, ExplanationText.named(reason)));
            }
        });
        return notes;
    }

    private static String joined(Map<SocketFamily, Ruling> families, boolean allowed) {
        return families.entrySet().stream()
                .filter(family -> family.getValue().allowed() == allowed)
                .map(family -> family.getKey().name())
                .collect(Collectors.joining(", "));
    }
}
