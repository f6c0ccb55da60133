package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.NativeText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program that a command names by its first word, looked for as execvp(3) does. Pure.
 *
 * @param searched the PATH that it gets; null where it gets none
 */
public record NamedProgram(Launch launch, @Nullable String searched) {

    private String name() {
        return launch.command().getFirst();
    }

    /** Where it is inside; empty where it is not. */
    public Optional<Path> in(Inside inside, RootLayout layout) {
        String name = name();
        if (name.isEmpty() || !NativeText.isText(name)) {
            return Optional.empty();
        }
        if (name.contains("/")) {
            Path path = launch.workingDirectory().resolve(name);
            return inside.reaches(path) ? Optional.of(path) : Optional.empty();
        }
        return Arrays.stream((searched == null ? "" : searched).split(":", -1))
                .filter(entry -> entry.startsWith("/") && NativeText.isText(entry))
                .map(entry -> Path.of(entry).resolve(name))
                .filter(path -> inside.reaches(path) && layout.isProgram(path))
                .findFirst();
    }

    /** Why it is not. */
    public Planning.NotFound notFound() {
        NotFoundWhy why;
        if (name().isEmpty()) {
            why = new NotFoundWhy.NoName();
        } else if (!NativeText.isText(name())) {
            why = new NotFoundWhy.NotText();
        } else if (name().contains("/")) {
            why = new NotFoundWhy.NotThere();
        } else {
            why = searched == null ? new NotFoundWhy.NoPath() : new NotFoundWhy.NotOnPath(searched);
        }
        return new Planning.NotFound(name(), why);
    }
}
