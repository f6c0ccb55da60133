package dev.blast.environment.session;

import dev.blast.environment.Environment;
import dev.blast.environment.change.Unmade;
import dev.blast.environment.interpreter.InterpreterSearch;
import java.nio.file.Path;
import java.util.Optional;

/** Whether something can run in an environment: a {@link Habitat}, or why there is none. */
public sealed interface Housing
        permits Habitat, Housing.NoGround, Housing.NoEnvironment, Housing.NoInterpreter {

    /** The project's folder can be none, see {@link Grounds}. */
    record NoGround(Path project, String why) implements Housing {}

    /** Blast has made no environment there; what the last attempt to make it came to. */
    record NoEnvironment(Environment environment, Optional<Unmade> attempt) implements Housing {}

    /** Its interpreter is gone. */
    record NoInterpreter(InterpreterSearch.NotFound search) implements Housing {}
}
