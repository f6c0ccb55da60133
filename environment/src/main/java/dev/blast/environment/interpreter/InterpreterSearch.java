package dev.blast.environment.interpreter;

import dev.blast.packaging.Message;
import java.util.ArrayList;
import java.util.List;

/** What looking for an interpreter came to. */
public sealed interface Search {

    /** The interpreter to use, and those passed over on the way. */
    record Found(Interpreter interpreter, List<PassedOver> passedOver) implements Search {
        public Found {
            passedOver = List.copyOf(passedOver);
        }
    }

    /** None fits. */
    record NotFound(InterpreterRequest request, List<PassedOver> passedOver) implements Search {
        public NotFound {
            passedOver = List.copyOf(passedOver);
        }

        /** What was asked for, all that were found with why they do not do, and what to do next. */
        public Message message() {
            var lines = new ArrayList<Message>();
            lines.add(Message.line("no interpreter here is " + request));
            for (PassedOver passed : passedOver) {
                lines.add(Message.of("  %s  %s", passed.executable(), passed.why()));
            }
            if (passedOver.isEmpty()) {
                lines.add(
                        new Message(
                                "  none was found on PATH, in pyenv's folder or in the usual places"));
            }
            lines.add(new Message("Install one, or name one with --python PATH."));
            return Message.joined(lines, "\n");
        }
    }
}
