package dev.blast.cli.invocation;

import dev.blast.enforcer.kernel.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments and variables as this process was given them, for programs that get them from it. Java
 * decodes both as UTF-8 and keeps nothing of what is none; where that has happened, the bytes are
 * read from proc(5).
 */
public final class Inherited {
    private static final char REPLACEMENT = '\ufffd';

    private Inherited() {}

    /** Java's reading of the arguments, with what it could not read as {@link NativeText}. */
    public static List<String> arguments(String[] read) {
        List<String> arguments = Arrays.asList(read);
        if (arguments.stream().noneMatch(Inherited::mayLack)) {
            return arguments;
        }
        List<byte[]> all = list("/proc/self/cmdline");
        var exact = new ArrayList<String>();
        int before = all.size() - read.length; // the VM and its options
        for (int i = 0; i < read.length; i++) {
            exact.add(before < 0 ? read[i] : exact(read[i], all.get(before + i)));
        }
        return exact;
    }

    /** The same for values of variables. */
    public static Map<String, String> variables(Map<String, String> read) {
        if (read.values().stream().noneMatch(Inherited::mayLack)) {
            return read;
        }
        var exact = new HashMap<>(read);
        for (byte[] variable : list("/proc/self/environ")) {
            int equals = 0;
            while (equals < variable.length && variable[equals] != '=') {
                equals++;
            }
            var name = new String(variable, 0, equals, StandardCharsets.UTF_8);
            byte[] value =
                    Arrays.copyOfRange(
                            variable, Math.min(equals + 1, variable.length), variable.length);
            exact.computeIfPresent(name, (_, lossy) -> exact(lossy, value));
        }
        return exact;
    }

    private static boolean mayLack(String read) {
        return read.indexOf(REPLACEMENT) >= 0;
    }

    private static String exact(String read, byte[] bytes) {
        return mayLack(read) && new String(bytes, StandardCharsets.UTF_8).equals(read)
                ? NativeText.of(bytes)
                : read;
    }

    /** The parts of a file that end with a NUL each; none where it cannot be read. */
    private static List<byte[]> list(String file) {
        var parts = new ArrayList<byte[]>();
        try {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            int from = 0;
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == 0) {
                    parts.add(Arrays.copyOfRange(bytes, from, at));
                    from = at + 1;
                }
            }
            return parts;
        } catch (IOException e) {
            return List.of(); // without /proc Java's reading has to do
        }
    }
}
