package dev.blast.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document with fenced blocks. What has to happen before one stands in a comment above it: {@code
 * before: COMMAND} is run, {@code file: PATH} writes the block there.
 *
 * @param name its path in the checkout
 */
record Guide(String name, List<Block> blocks) {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(?ms)^(?:<!-- (?<note>\\w+): (?<of>[^\\n]*) -->\\n)?```(?<kind>\\w*)\\n(?<text>.*?)^```$");

    /** What varies: durations, the Python of this machine, the name of a policy's text. */
    private static final Pattern VARIES =
            Pattern.compile(
                    "…|\\b[0-9][0-9.]* (ms|s|min)\\b|\\bPython 3[.0-9]+|\\bpolicy [0-9a-f]{6}\\b");

    /** A fenced block at {@code line}, of the kind that its fence says. */
    record Block(
            int line, String kind, String text, @Nullable String note, @Nullable String about) {
        /** The commands of a transcript, each with what is shown below it. */
        List<Command> commands() {
            List<Command> commands = new ArrayList<>();
            for (String each : text.split("(?m)^\\$ ", -1)) {
                int end = each.indexOf('\n');
                if (end >= 0) {
                    commands.add(new Command(each.substring(0, end), each.substring(end + 1)));
                } else if (!each.isEmpty()) {
                    throw new IllegalStateException("a transcript begins with a command: " + each);
                }
            }
            return commands;
        }
    }

    /** A command and what it is shown to say; nothing shown promises only that it succeeds. */
    record Command(String line, String shown) {
        /** A {@code …} stands for anything, and on a line of its own for any lines. */
        boolean saidIn(String said) {
            var pattern = new StringBuilder();
            for (String line : shown.lines().toList()) {
                if (line.equals("…")) {
                    pattern.append("(?:.*\\n)*");
                    continue;
                }
                int done = 0;
                for (Matcher each = VARIES.matcher(line); each.find(); done = each.end()) {
                    pattern.append(Pattern.quote(line.substring(done, each.start())));
                    pattern.append(
                            each.group().equals("…") ? ".*" : "(?:" + VARIES.pattern() + ")");
                }
                pattern.append(Pattern.quote(line.substring(done))).append("\\n");
            }
            return Pattern.matches(pattern.toString(), said);
        }
    }

    static Guide read(String name) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("blast.root"), name));
        List<Block> blocks = new ArrayList<>();
        for (Matcher each = BLOCK.matcher(text); each.find(); ) {
            blocks.add(
                    new Block(
                            (int) text.substring(0, each.start("kind")).lines().count(),
                            each.group("kind"),
                            each.group("text"),
                            each.group("note"),
                            each.group("of")));
        }
        return new Guide(name, blocks);
    }
}
