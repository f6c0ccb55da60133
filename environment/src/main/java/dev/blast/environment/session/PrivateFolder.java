package dev.blast.environment.session;

import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.Trees;
import dev.blast.rules.fact.SandboxLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of one session's own for what is temporary, where nothing can be mounted; removed with
 * all that is in it when it is closed. A killed Blast leaves it in the folder for temporary files.
 *
 * @param path null where mounts make such folders
 */
public record PrivateFolder(@Nullable Path path) implements AutoCloseable {

    public static PrivateFolder where(KernelFeatures kernel) throws EnvironmentException {
        boolean mounts =
                kernel.missing().stream()
                        .noneMatch(missing -> missing.layer() == SandboxLayer.USER_NAMESPACE);
        try {
            return new PrivateFolder(mounts ? null : Files.createTempDirectory("blast-"));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot make a folder for temporary files: " + Cause.of(e), e);
        }
    }

    @Override
    public void close() throws EnvironmentException {
        if (path != null) {
            try {
                Trees.delete(path);
            } catch (IOException e) {
                throw new EnvironmentException(
                        "cannot remove %s, which stood in for temporary folders: %s; what is left there can go"
                                .formatted(path, Cause.of(e, path)),
                        e);
            }
        }
    }
}
