package dev.blast.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Asks a person at a terminal. */
public final class Prompt {
    /** Bytes of an answer that are looked at. */
    private static final int LONGEST = 4096;

    private static final Set<String> YES = Set.of("y", "yes");

    private Prompt() {}

    /**
     * Whether the answer is yes. What was typed before the question is no answer to it; no answer
     * is none, and neither is an interruption, which the thread keeps.
     *
     * @param in where the person types; who reads from a terminal hears no interruption, and so
     *     another thread does, which is left behind then
     */
    public static boolean agrees(Console console, InputStream in, String question) {
        String line = asked(console, in, question + " [y/N]");
        return YES.contains(line.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * A line that is typed from now on, without white space around it; empty where nothing can be
     * read.
     *
     * @param in as above
     */
    public static String answer(Console console, InputStream in, String question) {
        return asked(console, in, question).strip();
    }

    /** The next line of an answer of several, which may have been pasted as a whole. */
    public static String next(Console console, InputStream in, String question) {
        return line(console, in, question).strip();
    }

    private static String asked(Console console, InputStream in, String question) {
        TypedAhead.drop(in);
        return line(console, in, question);
    }

    private static String line(Console console, InputStream in, String question) {
        console.explain(question + " ");
        var answer = new FutureTask<String>(() -> line(in));
        Thread.ofPlatform().daemon().name("prompt").start(answer);
        try {
            String line = answer.get();
            if (!line.endsWith("\n")) {
                console.explain("\n");
            }
            return line;
        } catch (ExecutionException _) { // nothing can be read
            return "";
        } catch (InterruptedException _) {
            console.explain("\n");
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** With its end, where it has one. */
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && line.length() < LONGEST; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
        }
        return line.toString();
    }
}
