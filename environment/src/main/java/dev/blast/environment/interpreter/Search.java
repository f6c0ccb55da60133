package dev.blast.environment.interpreter;

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
        public String message() {
            var text = new StringBuilder("no interpreter here is " + request);
            for (PassedOver passed : passedOver) {
                text.append("\n  ").append(passed.executable()).append("  ").append(passed.why());
            }
            if (passedOver.isEmpty()) {
                text.append("\n  none was found on PATH, in pyenv's folder or in the usual places");
            }
            return text.append("\nInstall one, or name one with --python PATH.").toString();
        }
    }
}
