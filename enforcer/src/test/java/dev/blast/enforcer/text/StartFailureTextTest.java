package dev.blast.enforcer.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.Golden;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Gap;
import dev.blast.enforcer.plan.HostFiles;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each thing that can keep a program from being run, as people read it. */
class StartFailureTextTest {
    private static final Path PLACE = Path.of("/place");
    private static final Step.MakeFolder FOLDER = new Step.MakeFolder(PLACE);
    private static final Step.TakeSource SOURCE =
            new Step.TakeSource(new Source(PLACE, HostFiles.Kind.FOLDER, 1, 2), false);
    private static final Step.WatchPlaces WATCH = new Step.WatchPlaces(Set.of(PLACE), Set.of());
    private static final Step.Namespaces NAMESPACES = new Step.Namespaces(Set.of(Namespace.PID));
    private static final Step.Execute EXECUTE =
            new Step.Execute(PLACE, List.of(), Map.of("TOKEN", "secret"));

    private static final List<StartFailure> FAILURES =
            List.of(
                    refused(NAMESPACES, Syscall.clone3, Errno.EPERM),
                    refused(NAMESPACES, Syscall.clone3, Errno.ENOSPC),
                    refused(NAMESPACES, Syscall.clone3, Errno.ENOSYS),
                    refused(NAMESPACES, Syscall.clone3, Errno.EAGAIN),
                    refused(new Step.Identity(1, 2), Syscall.write, Errno.EACCES),
                    refused(new Step.NewRoot(), Syscall.fsopen, Errno.EPERM),
                    refused(new Step.NewRoot(), Syscall.fsopen, Errno.ENODEV),
                    refused(new Step.Proc(), Syscall.mount, Errno.EPERM),
                    refused(SOURCE, Syscall.openat2, Errno.EACCES),
                    refused(SOURCE, Syscall.statx, Errno.ESTALE),
                    refused(WATCH, Syscall.inotify_init1, Errno.EMFILE),
                    refused(WATCH, Syscall.inotify_add_watch, Errno.ENOSPC),
                    refused(WATCH, Syscall.statx, Errno.ESTALE),
                    refused(EXECUTE, Syscall.execve, Errno.ENOENT),
                    refused(EXECUTE, Syscall.execve, Errno.ENOEXEC),
                    refused(
                            new Step.Descriptors(Stdio.inherit()),
                            Syscall.memfd_create,
                            Errno.EACCES),
                    new StartFailure.Refused(FOLDER, Syscall.mkdirat, 12345),
                    new StartFailure.Failed(FOLDER, new IOException("no room")),
                    new StartFailure.Failed(
                            new Step.MakeCgroups(CgroupPlaces.NONE, List.of(), List.of()),
                            new IOException("no room")),
                    new StartFailure.FolderAsStream(1),
                    new StartFailure.NotInForce(unmet(3)),
                    new StartFailure.NotInForce(unmet(5)));

    private static final List<Gap> GAPS =
            List.of(
                    new Gap.NotWatched(),
                    new Gap.SharedNamespace(Namespace.NETWORK),
                    new Gap.NetworkInterface("eth0"),
                    new Gap.OpenNetwork(),
                    new Gap.NoLoopback(),
                    new Gap.NoNameServer(),
                    new Gap.UnseenDatagrams(),
                    new Gap.OtherText(PLACE),
                    new Gap.Counters(new TreeMap<>(Map.of("b", 1L, "a", 2L))),
                    new Gap.CgroupSetting(PLACE, "100"),
                    new Gap.CgroupsNotMade(),
                    new Gap.NotInCgroup(PLACE),
                    new Gap.SharedMount("/place"),
                    new Gap.NotMounted("/place"),
                    new Gap.MountedBesides("/place"),
                    new Gap.MountType("/place", "tmpfs", "ext4"),
                    new Gap.MountOption("/place", "nosuid"),
                    new Gap.MountSize(PLACE, 1 << 20),
                    new Gap.NotHidden(PLACE),
                    new Gap.OldRoot(),
                    new Gap.OpenDescriptor(9),
                    new Gap.DescriptorsNotListed(),
                    new Gap.LimitNotRead(),
                    new Gap.Capabilities("CapEff", "ff"),
                    new Gap.StillOpen(PLACE),
                    new Gap.NoReport(),
                    new Gap.NoFilterOfOwn(2));

    @Test
    void eachFailureSaysWhatCameBackAndWhatToDo() throws IOException {
        Golden.assertText(
                "start-failures.txt",
                FAILURES.stream()
                        .flatMap(it ->
                                Stream.of(
                                        StartFailureText.summary(it),
                                        StartFailureText.remedy(it).indent(2).stripTrailing()))
                        .filter(line -> !line.isEmpty())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void eachGapSaysWhatIsInForceInstead() throws IOException {
        Golden.assertText(
                "gaps.txt",
                gaps().map(GapText::of).map(it -> it + "\n").collect(Collectors.joining()));
        assertThat(gaps().map(Gap::getClass).distinct())
                .as("kinds of gaps")
                .hasSize(Gap.class.getPermittedSubclasses().length);
    }

    /** An environment may hold what nobody else should read. */
    @Test
    void theMessageHoldsKindsAndNumbersAlone() {
        assertThat(new EnforcerException(EXECUTE, Syscall.execve, 2))
                .hasMessage("Execute: execve: errno 2");
    }

    private static Stream<Gap> gaps() {
        return Stream.concat(
                Arrays.stream(Gap.Subject.values()).map(it -> new Gap.Other(it, "1", "0")),
                GAPS.stream());
    }

    private static StartFailure refused(Step step, Syscall syscall, Errno errno) {
        return new StartFailure.Refused(step, syscall, errno.number());
    }

    private static List<StartFailure.Unmet> unmet(int count) {
        var unmet = new ArrayList<StartFailure.Unmet>();
        for (int i = 0; i < count; i++) {
            unmet.add(
                    new StartFailure.Unmet(
                            new Step.Hide(PLACE, true), new Gap.NotMounted("/" + i)));
        }
        return unmet;
    }
}
