package dev.blast.environment.interpreter;

import dev.blast.packaging.Message;
import java.util.ArrayList;
import java.util.List;

/** What looking for an interpreter came to. */
public sealed interface InterpreterSearch {

    /** The interpreter to use, and those passed over on the way. */
    record Found(Interpreter interpreter, List<PassedInterpreter> passedOver)
            implements InterpreterSearch {
        public Found {
            passedOver = List.copyOf(passedOver);
        }
    }

    /** None fits. */
    record NotFound(InterpreterRequest request, List<PassedInterpreter> passedOver)
            implements InterpreterSearch {
        public NotFound {
            passedOver = List.copyOf(passedOver);
        }

        /** What was asked for, all that were found with why they do not do, and what to do next. */
        public Message message() {
            var lines = new ArrayList<Message>();
            lines.add(Message.line("no interpreter here is " + request));
            for (PassedInterpreter passed : passedOver) {
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
