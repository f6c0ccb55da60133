package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.text.MissingLayerText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to withhold namespaces, by what the kernel answers and what is set. */
class WithholderTest {
    @TempDir Path root;

    /** The words of the third column: f filtered, 0 none allowed, d Debian's switch, u Ubuntu's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    clone   | ENOSYS | f | FILTER         | --security-opt seccomp=unconfined
                    clone   | ENOSYS | - | OLD_KERNEL     | Linux 5.12 or later
                    clone   | EPERM  | f | FILTER         | RestrictNamespaces=no
                    clone   | EPERM  | d | FOR_ROOT_ALONE | sysctl -w kernel.unprivileged_userns_clone=1
                    clone   | EPERM  | - | UNKNOWN        | a security module or another sandbox
                    clone   | ENOSPC | 0 | NONE_ALLOWED   | sysctl -w user.max_user_namespaces=15000
                    clone   | ENOSPC | - | TOO_MANY       | the limit on namespaces is reached (63)
                    clone   | EUSERS | - | TOO_MANY       | the limit on namespaces is reached (63)
                    clone   | EAGAIN | - | UNKNOWN        | a kernel and a user that may use namespaces
                    map     | EPERM  | u | APPARMOR       | profile blast /opt/java/bin/java flags=(unconfined) { userns, }
                    private | EACCES | u | APPARMOR       | sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
                    private | EACCES | p | PROFILE        | 'docker-default (enforce)'
                    private | EPERM  | fp| PROFILE        | --security-opt apparmor=unconfined
                    private | EPERM  | f | FILTER         | --security-opt unmask=ALL
                    private | EPERM  | fu| APPARMOR       | apparmor_parser -r /etc/apparmor.d/blast
                    proc    | EPERM  | f | MASKED_PROC    | --security-opt systempaths=unconfined
                    proc    | EPERM  | u | MASKED_PROC    | procMount: Unmasked
                    proc    | EACCES | p | PROFILE        | 'mount,'
                    """)
    void isNamedWithWhatToDo(
            String step, Errno errno, String set, Withholder withholder, String remedy) {
        var failure = new StartFailure.Refused(step(step), Syscall.mount, errno.number());
        var missing = new MissingLayer.Namespaces(failure, restraints(set));
        assertThat(missing.withholder()).isEqualTo(withholder);
        assertThat(MissingLayerText.remedy(missing)).contains(remedy);
    }

    private static Step step(String name) {
        return switch (name) {
            case "clone" -> new Step.Namespaces(EnumSet.of(Namespace.USER));
            case "map" -> new Step.Identity(1000, 100);
            case "private" -> new Step.PrivateMounts();
            case "proc" -> new Step.Proc();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Restraints restraints(String set) {
        return new Restraints(
                set.contains("f"),
                OptionalLong.of(set.contains("0") ? 0 : 63),
                set.contains("d"),
                set.contains("u"),
                set.contains("p") ? Optional.of("docker-default (enforce)") : Optional.empty(),
                Path.of("/opt/java/bin/java"));
    }

    @Test
    void whatIsSetIsReadFromTheKernelsFiles() throws IOException {
        write(
                "proc/self/status",
                "Name:\tjava\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n");
        write("proc/sys/user/max_user_namespaces", "0\n");
        write("proc/sys/kernel/unprivileged_userns_clone", "0\n");
        write("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
        write("proc/self/attr/apparmor/current", "docker-default (enforce)\n");
        Files.createSymbolicLink(root.resolve("proc/self/exe"), Path.of("/opt/java/bin/java"));
        assertThat(Restraints.find(root))
                .isEqualTo(
                        new Restraints(
                                true,
                                OptionalLong.of(0),
                                true,
                                true,
                                Optional.of("docker-default (enforce)"),
                                Path.of("/opt/java/bin/java")));
    }

    /** A kernel without these switches, and one where they are open. */
    @Test
    void whatIsNotThereRestrainsNobody() throws IOException {
        assertThat(Restraints.find(root)).isEqualTo(Restraints.NONE);
        write("proc/self/status", "Name:\tjava\nSeccomp:\t0\n");
        write("proc/sys/kernel/unprivileged_userns_clone", "1\n");
        write("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "0\n");
        write("proc/self/attr/apparmor/current", "unconfined\n");
        write("proc/sys/user/max_user_namespaces", "what?\n");
        assertThat(Restraints.find(root)).isEqualTo(Restraints.NONE);
    }

    /** Nothing that a person is told to do is left without a row above. */
    @Test
    void eachHasARow() {
        Set<Withholder> seen = EnumSet.noneOf(Withholder.class);
        Stream.of("clone", "map", "private", "proc")
                .forEach(step ->
                        Stream.of(Errno.values())
                                .forEach(errno ->
                                        Stream.of("-", "f", "0", "d", "u", "p")
                                                .forEach(set ->
                                                        seen.add(
                                                                Withholder.of(
                                                                        new StartFailure.Refused(
                                                                                step(step),
                                                                                Syscall.mount,
                                                                                errno.number()),
                                                                        restraints(set))))));
        assertThat(seen).containsExactlyInAnyOrder(Withholder.values());
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
