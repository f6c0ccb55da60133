package dev.blast.environment.install;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A .pth file as the newest site module reads it (Lib/site.py, addpackage, of CPython 3.13): lines
 * as str.splitlines() has them, a byte order mark left out. Older ones see fewer lines, none more.
 *
 * @param code the lines that are run
 * @param folders the lines that are added to the path, as they stand there
 * @param plain whether all readers agree on it: ASCII, and lines that end with a line feed; what
 *     others make of the rest depends on their age and locale, and which blanks they cut off
 */
record PathFile(List<String> code, List<String> folders, boolean plain) {

    static PathFile of(byte[] content) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException _) {
            return new PathFile(List.of(), List.of(), false);
        }
        var code = new ArrayList<String>();
        var folders = new ArrayList<String>();
        boolean plain = !text.startsWith("\uFEFF");
        for (String line : lines(plain ? text : text.substring(1))) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            boolean runs = line.startsWith("import ") || line.startsWith("import\t");
            (runs ? code : folders).add(line.stripTrailing());
        }
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f);
            plain |= c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        }
        return new PathFile(code, folders, plain);
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (endsLine(text.charAt(i))) {
                lines.add(text.substring(from, i));
                from = i + 1;
            }
        }
        lines.add(text.substring(from));
        return lines;
    }

    private static boolean endsLine(char c) {
        return (c >= '\n' && c <= '\r')
                || (c >= 0x1c && c <= 0x1e)
                || c == 0x85
                || c == 0x2028
                || c == 0x2029;
    }
}
