package dev.blast.enforcer.plan;

import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;

/** Why something cannot be confined here at all. */
public sealed interface Problem {

    /** Nothing can be started on this machine. */
    record NothingStarts(NoMachineCode why) implements Problem {}

    /** The folder to work in is not there for the program. */
    record WorkingDirectory(Path directory) implements Problem {}

    /**
     * What takes a mount, where none can be made: something hidden or temporary in what is seen.
     */
    record TakesMounts(Path path, Access access) implements Problem {}

    /**
     * What is to be temporary, and is not made since it is not followed: the program would write
     * into what lies there.
     */
    record TemporaryLeftOut(LeftOut leftOut) implements Problem {}

    /** A throwaway copy appears at the folder's own path, which takes a mount. */
    record CopyTakesMounts() implements Problem {}
}
