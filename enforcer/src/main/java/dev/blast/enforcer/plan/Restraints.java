package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is set on this machine that keeps programs from namespaces, each as the file says that shows
 * it; see namespaces(7) and proc_pid_status(5).
 *
 * @param filtered whether somebody else's filter of system calls is around this process
 * @param userNamespaces how many a user may have; empty where the kernel does not say
 * @param forRootAlone whether ordinary users may have none, by a switch that Debian's kernels have
 * @param byAppArmor whether AppArmor takes their capabilities away, as on Ubuntu
 * @param profile the profile of AppArmor that confines this process
 * @param program what this process runs, which a profile would name
 */
public record Restraints(
        boolean filtered,
        OptionalLong userNamespaces,
        boolean forRootAlone,
        boolean byAppArmor,
        Optional<String> profile,
        Path program) {
    public static final Restraints NONE =
            new Restraints(
                    false,
                    OptionalLong.empty(),
                    false,
                    false,
                    Optional.empty(),
                    Path.of("/usr/bin/java"));

    public static Restraints find() {
        return find(Path.of("/"));
    }

    /**
     * The same where the files are below another folder.
     *
     * @param root of the machine
     */
    static Restraints find(Path root) {
        return new Restraints(
                Lines.of(root.resolve("proc/self/status")).contains("Seccomp:\t2"),
                number(root.resolve("proc/sys/user/max_user_namespaces")),
                number(root.resolve("proc/sys/kernel/unprivileged_userns_clone"))
                        .equals(OptionalLong.of(0)),
                number(root.resolve("proc/sys/kernel/apparmor_restrict_unprivileged_userns"))
                        .equals(OptionalLong.of(1)),
                Lines.of(root.resolve("proc/self/attr/apparmor/current")).stream()
                        .filter(label -> !label.isBlank() && !label.startsWith("unconfined"))
                        .findFirst(),
                program(root.resolve("proc/self/exe")));
    }

    private static OptionalLong number(Path file) {
        List<String> lines = Lines.of(file);
        return lines.size() == 1 && lines.getFirst().matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(lines.getFirst()))
                : OptionalLong.empty();
    }

    private static Path program(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException _) {
            return NONE.program();
        }
    }
}
