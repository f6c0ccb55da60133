package dev.blast.daemon;

import java.nio.file.Path;
import java.util.List;

/**
 * What is said between a command and the background service of the same user, over a Unix socket
 * that only that user can reach. A closed set, one record for each thing that can be said; who
 * reads one switches over all of them. Both sides begin with {@link Hello}; what comes with another
 * protocol number is answered with one's own and not read further, and the command then does its
 * work itself: nothing depends on the service running.
 */
public sealed interface Message {
    /** The number of this set; it changes whenever a record here does. */
    int PROTOCOL = 1;

    /**
     * The first message of either side.
     *
     * @param protocol {@link #PROTOCOL} of who says it
     * @param build which build of Blast that is: a service of another build ends when it has
     *     finished what it does
     */
    record Hello(int protocol, String build) implements Message {}

    /**
     * Do this command, as if it were typed.
     *
     * @param workingDirectory absolute
     * @param arguments without the name of the program
     */
    record Submit(Path workingDirectory, List<String> arguments) implements Message {
        public Submit {
            arguments = List.copyOf(arguments);
        }
    }

    /** The command has this number in the queue; so many are before it. */
    record Queued(long operation, int before) implements Message {}

    /** Something of an operation happened: a line for standard error. */
    record Progress(long operation, String line) implements Message {}

    /**
     * The operation has ended.
     *
     * @param exitCode that of the command line
     * @param output all that belongs on standard output
     */
    record Finished(long operation, int exitCode, String output) implements Message {}

    /** Give an operation up: one that waits is dropped, one that runs is undone. */
    record Cancel(long operation) implements Message {}
}
