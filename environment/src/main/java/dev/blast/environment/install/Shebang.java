package dev.blast.environment.install;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The first line of a script, by which the kernel finds its interpreter. See execve(2). */
final class Shebang {
    /**
     * The kernel reads this much of the first line (BINPRM_BUF_SIZE is 256 since Linux 5.1, 128
     * before).
     */
    private static final int LINE_CAP_BYTES = 127;

    /** How a script of a wheel begins that wants its first line replaced (PEP 427). */
    static final String PLACEHOLDER = "#!python";

    private Shebang() {}

    /**
     * The lines that start {@code interpreter}. A path that is too long for the kernel, or has a
     * space in it, goes through {@code /bin/sh}: what the shell takes as a command, Python takes as
     * a string that nobody reads.
     */
    static String of(Path interpreter) {
        String path = interpreter.toString();
        boolean plain = path.chars().noneMatch(c -> c == ' ' || c == '\t');
        if (plain && 2 + path.getBytes(StandardCharsets.UTF_8).length <= LINE_CAP_BYTES) {
            return "#!" + path + "\n";
        }
        String quoted = path.replaceAll("([\\\\\"$`])", "\\\\$1");
        return "#!/bin/sh\n'''exec' \"" + quoted + "\" \"$0\" \"$@\"\n' '''\n";
    }

    /**
     * @param start of a script
     */
    static boolean isPlaceholder(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith(PLACEHOLDER);
    }

    /** The script with its placeholder replaced. */
    static byte[] replace(byte[] script, Path interpreter) {
        int body = 0;
        while (body < script.length && script[body++] != '\n') {
            // the placeholder ends with its line
        }
        byte[] head = of(interpreter).getBytes(StandardCharsets.UTF_8);
        byte[] replaced = new byte[head.length + script.length - body];
        System.arraycopy(head, 0, replaced, 0, head.length);
        System.arraycopy(script, body, replaced, head.length, script.length - body);
        return replaced;
    }
}
