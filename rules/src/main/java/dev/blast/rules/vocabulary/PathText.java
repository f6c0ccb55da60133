package dev.blast.rules.vocabulary;

import dev.blast.rules.fact.Session;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A path as written in a rule: absolute, below the home ({@code ~}) or below the project ({@code
 * .}).
 *
 * @param rest what follows the base, without a leading slash; the whole path where the base is ROOT
 */
public record PathText(Base base, String rest) {

    /** What a path may begin at. */
    public enum Base {
        ROOT,
        HOME,
        PROJECT
    }

    /** Throws IllegalArgumentException with what is wrong with it. */
    public static PathText of(String text) {
        String written = written(text);
        if (written.equals("~") || written.startsWith("~/")) {
            return new PathText(Base.HOME, written.substring(Math.min(2, written.length())));
        }
        if (written.equals(".") || written.startsWith("./")) {
            return new PathText(Base.PROJECT, written.substring(Math.min(2, written.length())));
        }
        if (!written.startsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' does not begin with / or ~ or ./");
        }
        return new PathText(Base.ROOT, written);
    }

    /** A path as a rule that others read as well writes it: below the project or the home. */
    public static PathText of(Path path, Session session) {
        if (path.startsWith(session.project())) {
            return new PathText(Base.PROJECT, session.project().relativize(path).toString());
        }
        return path.startsWith(session.home())
                ? new PathText(Base.HOME, session.home().relativize(path).toString())
                : new PathText(Base.ROOT, path.toString());
    }

    /** Without doubled slashes and one at the end. */
    private static String written(String text) {
        try {
            return Path.of(text).toString();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
        }
    }

    public Path resolve(Session session) {
        return base(session).resolve(rest).normalize();
    }

    /** The folder that {@link #rest} is relative to. */
    public Path base(Session session) {
        return switch (base) {
            case ROOT -> Path.of("/");
            case HOME -> session.home();
            case PROJECT -> session.project();
        };
    }

    /** As it was written, but for doubled slashes. */
    @Override
    public String toString() {
        return switch (base) {
            case ROOT -> rest;
            case HOME -> rest.isEmpty() ? "~" : "~/" + rest;
            case PROJECT -> rest.isEmpty() ? "." : "./" + rest;
        };
    }
}
