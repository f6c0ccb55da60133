package dev.blast.environment.install;

import java.nio.file.Path;

/** What stands where an environment is expected. */
public sealed interface VenvState {

    /** Nothing, or an empty folder. */
    record Absent() implements VenvState {}

    /** Something that is not a virtual environment, and that must not be replaced. */
    record Occupied(String what) implements VenvState {}

    /**
     * A working venv.
     *
     * @param configuration its pyvenv.cfg
     * @param maker who made it: "blast", "venv", "uv", "virtualenv"
     * @param interpreter the interpreter it rests on, a path outside of it
     */
    record Usable(VenvConfiguration configuration, String maker, Path interpreter)
            implements VenvState {}

    /** A venv that was made at another path: its scripts still start the interpreter there. */
    record Moved(VenvConfiguration configuration, Path madeAt) implements VenvState {}

    /** A venv whose interpreter is gone. */
    record Orphaned(VenvConfiguration configuration, Path interpreter) implements VenvState {}
}
