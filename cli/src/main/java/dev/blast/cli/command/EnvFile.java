package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.packaging.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of variables as the readers of {@code .env} agree on it: {@code KEY=VALUE} lines, perhaps
 * after {@code export}; comments; values in single quotes as they stand, in double quotes with
 * escapes, in both over several lines. What they do not agree on (a key alone, the value of another
 * variable) is an error and not a guess.
 */
final class EnvFile {
    private static final int MOST_BYTES = 1 << 20;

    private static final Pattern KEY = Pattern.compile("(?:export[ \\t]+)?([A-Za-z_]\\w*)[ \\t]*=");

    /** What may stand behind a closing quote. */
    private static final Pattern NOTHING_MORE = Pattern.compile("[ \\t]*(#[^\\n]*)?(\\n|$)");

    private static final Pattern COMMENT = Pattern.compile("(^|[ \\t])#.*");

    private final String name;
    private final String text;
    private int at;

    private EnvFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * Reads one, be it a pipe.
     *
     * @param name how it was named, in a folder
     */
    static Map<String, String> read(Path folder, String name) throws Failure {
        byte[] bytes;
        try (InputStream file = Files.newInputStream(folder.resolve(name))) {
            bytes = file.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new Failure(Exit.USAGE, "--env-file %s: no such file".formatted(name));
        } catch (IOException e) {
            throw new Failure(
                    Exit.USAGE,
                    "--env-file %s: cannot be read: %s".formatted(name, e.getMessage()));
        }
        if (bytes.length > MOST_BYTES) {
            throw new Failure(
                    Exit.USAGE, "--env-file %s: larger than %d bytes".formatted(name, MOST_BYTES));
        }
        try {
            return parse(
                    name,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new Failure(Exit.USAGE, "--env-file %s: it is not UTF-8".formatted(name));
        }
    }

    /** In the order of the file; of one key twice the last. */
    static Map<String, String> parse(String name, String text) throws Failure {
        String lines = text.replace("\r\n", "\n");
        return new EnvFile(name, lines.startsWith("\ufeff") ? lines.substring(1) : lines)
                .variables();
    }

    private Map<String, String> variables() throws Failure {
        var variables = new LinkedHashMap<String, String>();
        while (at < text.length()) {
            String line = text.substring(at, endOfLine());
            String start = line.stripLeading();
            if (start.isEmpty() || start.startsWith("#")) {
                at = endOfLine() + 1;
                continue;
            }
            at += line.length() - start.length();
            Matcher key = KEY.matcher(text).region(at, text.length());
            if (!key.lookingAt()) {
                throw malformed("not KEY=VALUE: " + shortened(start));
            }
            at = key.end();
            variables.put(key.group(1), value());
        }
        return variables;
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private String value() throws Failure {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        char first = at < text.length() ? text.charAt(at) : '\n';
        String value = first == '"' || first == '\'' ? quoted(first) : plain();
        if (value.indexOf('\0') >= 0) {
            throw malformed("a NUL, which no variable can hold");
        }
        return value;
    }

    private String plain() throws Failure {
        String line = text.substring(at, endOfLine());
        String value = COMMENT.matcher(line).replaceFirst("").strip();
        requireNoReference(value);
        at = endOfLine() + 1;
        return value;
    }

    private String quoted(char quote) throws Failure {
        int opened = at;
        var value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote == '"' && at + 1 < text.length()) {
                at++;
                value.append(escaped(text.charAt(at)));
            } else {
                if (c == '$' && quote == '"') {
                    requireNoReference(text.substring(at, Math.min(at + 2, text.length())));
                }
                value.append(c);
            }
        }
        if (at >= text.length()) {
            at = opened;
            throw malformed("the quote %c is not closed".formatted(quote));
        }
        Matcher rest = NOTHING_MORE.matcher(text).region(at + 1, text.length());
        if (!rest.lookingAt()) {
            throw malformed("something stands behind the closing quote");
        }
        at = rest.end();
        return value.toString();
    }

    /** What is no escape stays as it is, as in a shell. */
    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$' -> Character.toString(c);
            default -> "\\" + c;
        };
    }

    private void requireNoReference(String value) throws Failure {
        if (value.contains("${")) {
            throw malformed(
                    "${…} is not replaced here: write its value, or single quotes where it is meant as it stands");
        }
    }

    private Failure malformed(String what) {
        long line =
                text.substring(0, Math.min(at, text.length()))
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
        return new Failure(Exit.USAGE, "%s:%d: %s".formatted(name, line, what));
    }

    /** The start of a line, which may be a secret that lost its key. */
    private static String shortened(String line) {
        int shown = Math.min(line.length(), 8);
        return "'" + Visible.of(line.substring(0, shown)) + (shown < line.length() ? "…'" : "'");
    }
}
