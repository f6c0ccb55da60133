package dev.blast.environment.session;

import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.spawn.KernelProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far up the ladder of confinement this kernel lets this user, kept until the next boot: asking
 * the kernel means trying, which a listing should not do each time. Only shown, never decided by:
 * {@code run} asks the kernel itself.
 */
public final class LadderNote {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;

    public LadderNote(Workspace workspace) {
        this.file = workspace.directories().cache().resolve("ladder");
    }

    /** What was noted since the last boot, else what the kernel gives when it is asked now. */
    public String read() {
        Optional<String> boot = text(BOOT_ID);
        Optional<String> noted = text(file);
        if (boot.isPresent() && noted.isPresent() && noted.get().startsWith(boot.get() + " ")) {
            return noted.get().substring(boot.get().length() + 1);
        }
        KernelFeatures kernel = KernelProbe.ask();
        String ladder =
                kernel.obstacle().isPresent()
                        ? "none"
                        : kernel.missing().isEmpty()
                                ? "full"
                                : "without "
                                        + String.join(
                                                ", ",
                                                kernel.missing().stream()
                                                        .map(missing -> missing.layer().title())
                                                        .toList());
        write(ladder);
        return ladder;
    }

    /** Where it cannot be written it is asked again next time. */
    public void write(String ladder) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(BOOT_ID).orElse("?") + " " + ladder + "\n");
        } catch (IOException e) {
            // a note is a convenience
        }
    }

    private static Optional<String> text(Path path) {
        try {
            return Optional.of(Files.readString(path).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
