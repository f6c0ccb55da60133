package dev.blast.environment.ending;

import dev.blast.environment.ProcessMark;
import dev.blast.environment.change.WriterLock;
import dev.blast.environment.session.Sessions;
import java.time.Instant;

/** Something that runs in an environment, and is to end. */
public sealed interface Work {

    /** A confined program, and whatever it started. */
    record Session(Sessions.Session entry) implements Work {
        @Override
        public ProcessMark process() {
            return entry.process();
        }

        @Override
        public Instant since() {
            return entry.since();
        }

        @Override
        public String command() {
            return entry.command();
        }
    }

    /** A command of Blast's that holds the environment to change it, and whatever it started. */
    record Change(WriterLock.Holder holder) implements Work {
        @Override
        public ProcessMark process() {
            return holder.process();
        }

        @Override
        public Instant since() {
            return holder.since();
        }

        @Override
        public String command() {
            return holder.command();
        }
    }

    /** The first process of it. */
    ProcessMark process();

    Instant since();

    /** As it was typed. */
    String command();
}
