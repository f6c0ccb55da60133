package dev.blast.environment.install;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a script that name the interpreter of its environment, when that is elsewhere. */
public final class ScriptHead {
    /** How a script begins. */
    public static final String START = "#!";

    private static final int LONGEST_BYTES = 16 << 10;
    private static final Pattern NAME = Pattern.compile("/((?:python|pypy)[\\w.]*)(?=[\\n\"])");

    private ScriptHead() {}

    /**
     * The same script where its interpreter is in another folder; empty where it names none in this
     * one, as Blast and pip name it.
     */
    public static Optional<byte[]> relocated(byte[] script, Path from, Path to) {
        String start =
                new String(
                        script,
                        0,
                        Math.min(script.length, LONGEST_BYTES),
                        StandardCharsets.ISO_8859_1);
        Matcher name = NAME.matcher(start);
        if (!name.find()) {
            return Optional.empty();
        }
        byte[] head = head(from.resolve(name.group(1)));
        if (!Arrays.equals(head, 0, head.length, script, 0, Math.min(script.length, head.length))) {
            return Optional.empty();
        }
        byte[] other = head(to.resolve(name.group(1)));
        byte[] whole = Arrays.copyOf(other, other.length + script.length - head.length);
        System.arraycopy(script, head.length, whole, other.length, script.length - head.length);
        return Optional.of(whole);
    }

    private static byte[] head(Path interpreter) {
        return Shebang.of(interpreter).getBytes(StandardCharsets.UTF_8);
    }
}
