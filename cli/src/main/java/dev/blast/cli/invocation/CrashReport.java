package dev.blast.cli.invocation;

import dev.blast.packaging.Redaction;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is kept of a bug, for whoever mends it: nothing secret, and never a second failure on top of
 * the first.
 */
public final class CrashReport {
    /** What an option puts into the environment may be a token. */
    private static final Pattern VALUE_OF_ENV =
            Pattern.compile("(?<=^|=)([A-Za-z_]\\w*)=.*", Pattern.DOTALL);

    private CrashReport() {}

    /** Writes the report and returns the sentence for stderr, which names the file. */
    public static String write(Throwable bug, List<String> argv, Map<String, String> environment) {
        String text = text(bug, argv);
        for (Path folder : folders(environment)) {
            try {
                Files.createDirectories(folder);
                Path file = Files.createTempFile(folder, "crash-", ".txt");
                Files.write(
                        file, text.getBytes(StandardCharsets.UTF_8)); // arguments may be no text
                return sentence(bug) + "; the report is " + file;
            } catch (IOException e) {
                // not here: the next folder
            }
        }
        return sentence(bug) + "; no report could be written, so here it is:\n" + text;
    }

    private static List<Path> folders(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base =
                state.isEmpty()
                        ? Path.of(environment.getOrDefault("HOME", "/nonexistent"), ".local/state")
                        : Path.of(state);
        return List.of(
                base.resolve("blast"), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    private static String sentence(Throwable bug) {
        return "blast: a bug in Blast: " + Visible.of(bug.toString());
    }

    /**
     * The command line, for histories and for others who wait: without the credentials in addresses
     * and the values of {@code --env}.
     */
    public static String line(List<String> argv) {
        var line = new StringBuilder("blast");
        String before = "";
        for (String argument : argv) {
            boolean variable = before.equals("--env") || argument.startsWith("--env=");
            line.append(' ')
                    .append(
                            variable
                                    ? VALUE_OF_ENV.matcher(argument).replaceFirst("$1=***")
                                    : Redaction.inText(argument));
            before = argument;
        }
        return line.toString();
    }

    static String text(Throwable bug, List<String> argv) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        out.println("Blast " + BlastVersion.NUMBER + ", " + Instant.now());
        out.println("command: " + line(argv));
        out.println("folder:  " + Path.of("").toAbsolutePath());
        out.println(
                "java:    "
                        + System.getProperty("java.vm.version")
                        + " at "
                        + System.getProperty("java.home"));
        out.println(
                "system:  "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
        out.println();
        bug.printStackTrace(out);
        out.flush();
        return Redaction.inText(text.toString());
    }
}
