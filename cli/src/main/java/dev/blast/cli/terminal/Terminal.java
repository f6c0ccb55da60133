package dev.blast.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What can be known of the terminal without native code.
 *
 * @param output stdout is a terminal
 * @param diagnosis stderr is a terminal
 * @param input stdin is a terminal
 */
public record Terminal(boolean input, boolean output, boolean diagnosis) {
    public static final Terminal NONE = new Terminal(false, false, false);

    private static final int USUAL_WIDTH = 80;

    /**
     * Reads where this process's descriptors lead to, see proc(5). Without /proc nothing is taken
     * for a terminal.
     */
    public static Terminal detect() {
        return new Terminal(isTerminal(0), isTerminal(1), isTerminal(2));
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Columns of the terminal: COLUMNS where it is exported, else what the system's stty(1), not
     * one on PATH, reads from /dev/tty (a few milliseconds: ask off the main path), else 80.
     */
    public static int width(Map<String, String> environment) {
        int exported = positive(environment.getOrDefault("COLUMNS", ""));
        return exported > 0 ? exported : askStty();
    }

    private static int askStty() {
        try {
            Process stty =
                    new ProcessBuilder("/bin/stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] answer = stty.getInputStream().readNBytes(32);
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL_WIDTH;
            }
            String[] rowsAndColumns =
                    new String(answer, StandardCharsets.US_ASCII).strip().split(" ", -1);
            int columns = rowsAndColumns.length == 2 ? positive(rowsAndColumns[1]) : 0;
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH; // no stty, or no controlling terminal
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }

    private static int positive(String number) {
        try {
            return Math.max(0, Integer.parseInt(number));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
