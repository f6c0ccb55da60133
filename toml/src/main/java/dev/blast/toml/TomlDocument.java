package dev.blast.toml;

import dev.blast.packaging.Digest;
import dev.blast.packaging.Locator;
import dev.blast.packaging.Message;
import dev.blast.packaging.SourceError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * A TOML 1.0 document as plain values (maps, lists, texts, numbers, booleans, times) that knows
 * where each of them stands. Immutable.
 */
public final class TomlDocument implements Locator {
    private final String name;
    private final String text;
    private final TomlNode root;

    /** Where each line begins; empty until somebody asks. */
    private volatile int[] lines = new int[0];

    private TomlDocument(String name, String text, TomlNode root) {
        this.name = name;
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a document.
     *
     * @param name how it is called in errors
     * @throws TomlException with every syntax error, each with its line and a mark below its place
     */
    public static TomlDocument parse(String name, String text) throws TomlException {
        TomlParseResult result = Toml.parse(text);
        if (result.hasErrors()) {
            throw new TomlException(
                    Message.joined(
                            result.errors().stream()
                                    .map(error ->
                                            SourceError.render(
                                                    name,
                                                    text,
                                                    error.position().line(),
                                                    error.position().column(),
                                                    String.valueOf(error.getMessage())))
                                    .toList(),
                            "\n"));
        }
        return new TomlDocument(name, text, TomlNode.of(result));
    }

    /** The same with a memory: a text that it knows is not parsed. */
    public static TomlDocument parse(String name, String text, TomlMemory memory)
            throws TomlException {
        String key = Digest.of(text);
        Optional<TomlNode> known = memory.read(key).flatMap(TomlNode::read);
        if (known.isPresent()) {
            return new TomlDocument(name, text, known.get());
        }
        TomlDocument document = parse(name, text);
        memory.keep(key, document.root.written());
        return document;
    }

    public Map<String, Object> values() {
        return root.table();
    }

    @Override
    public int line(Object... path) {
        TomlNode place = innermost(Arrays.asList(path));
        return place == null ? 0 : place.line();
    }

    /**
     * Where the first character of a value stands in the text. The parser counts lines by line
     * feeds, and columns by whole characters; of a key with a value it knows where the key is. A
     * table begins with its header.
     *
     * @return -1 where there is no such value
     */
    int offset(List<Object> path) {
        TomlNode place = innermost(path);
        if (place == null) {
            return -1;
        }
        int begin = text.offsetByCodePoints(lines()[place.line() - 1], place.column() - 1);
        boolean isOfKey = path.getLast() instanceof String && text.charAt(begin) != '[';
        return isOfKey ? new TomlScanner(text).behindKey(begin) : begin;
    }

    private int[] lines() {
        int[] begins = lines;
        if (begins.length == 0) {
            begins =
                    IntStream.concat(
                                    IntStream.of(0),
                                    IntStream.range(0, text.length())
                                            .filter(at -> text.charAt(at) == '\n')
                                            .map(at -> at + 1))
                            .toArray();
            lines = begins;
        }
        return begins;
    }

    /** A message about a line; the mark stands below the first thing in it. */
    public Message error(int line, String message) {
        String source = text.lines().skip(Math.max(line - 1L, 0)).findFirst().orElse("");
        int column = 1 + source.length() - source.stripLeading().length();
        return SourceError.render(name, text, line, column, message);
    }

    /** A message about a value, or about the innermost table around it where it is missing. */
    public Message error(String message, Object... path) {
        TomlNode place = innermost(Arrays.asList(path));
        return place == null
                ? SourceError.render(name, text, 0, 0, message)
                : SourceError.render(name, text, place.line(), place.column(), message);
    }

    /** The last part of the path that there is; null where there is none, or of no known place. */
    private @Nullable TomlNode innermost(List<Object> path) {
        TomlNode at = root;
        for (Object part : path) {
            TomlNode next = at.below(part);
            if (next == null) {
                break;
            }
            at = next;
        }
        return at.line() == 0 ? null : at;
    }

    /** What stands at a path; null where nothing does. */
    @Nullable Object value(Object... path) {
        TomlNode at = root;
        for (Object part : path) {
            TomlNode next = at.below(part);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at.plain();
    }
}
