package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.ChangedWheelException;
import dev.blast.environment.install.Store;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Wheels of the store with a file that did not hold what it should. For one thread. */
final class ChangedWheels {
    private final Store store;
    private final List<Path> files = new ArrayList<>();

    ChangedWheels(Store store) {
        this.store = store;
    }

    /** Takes one out of the store, so that it is brought again; false where it was out already. */
    boolean discard(ChangedWheelException e) throws EnvironmentException {
        files.add(e.file());
        try {
            return store.discard(e.sha256());
        } catch (IOException failure) {
            throw new EnvironmentException(
                    Message.of(
                            "%s, and it cannot be taken out of the store: %s%s\nnothing has been changed",
                            e.getMessage(),
                            Cause.of(failure),
                            Cause.advice(failure, store.directory())),
                    failure);
        }
    }

    /** A sentence for each. */
    List<String> warnings() {
        return files.stream()
                .map("%s was changed in the store; its wheel was unpacked anew"::formatted)
                .toList();
    }
}
