package dev.blast.rules;

import dev.blast.rules.fact.Session;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path as written in a rule: absolute, below the home ({@code ~}) or below the project ({@code
 * .}).
 *
 * @param rest what follows the base, without a leading slash; the whole path where the base is ROOT
 */
record PathText(Base base, String rest) {

    enum Base {
        ROOT,
        HOME,
        PROJECT
    }

    static PathText of(String text) {
        PathText path =
                text.equals("~") || text.startsWith("~/")
                        ? new PathText(Base.HOME, text.substring(Math.min(2, text.length())))
                        : text.equals(".") || text.startsWith("./")
                                ? new PathText(
                                        Base.PROJECT, text.substring(Math.min(2, text.length())))
                                : new PathText(Base.ROOT, text);
        if (path.base == Base.ROOT && !text.startsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' does not begin with / or ~ or ./");
        }
        try {
            Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
        }
        return path;
    }

    Path resolve(Session session) {
        return base(session).resolve(rest).normalize();
    }

    /** The folder that {@link #rest} is relative to. */
    Path base(Session session) {
        return switch (base) {
            case ROOT -> Path.of("/");
            case HOME -> session.home();
            case PROJECT -> session.project();
        };
    }
}
