package dev.blast.packaging;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a wheel was built for (PEP 425): interpreter, ABI and platform, in lower case. */
public record Tag(String interpreter, String abi, String platform) {
    /** More than any wheel of use has; a hostile one could name billions in a few lines. */
    private static final int MOST_TAGS = 10_000;

    public Tag {
        interpreter = interpreter.toLowerCase(Locale.ROOT);
        abi = abi.toLowerCase(Locale.ROOT);
        platform = platform.toLowerCase(Locale.ROOT);
    }

    /**
     * The tags of a compressed set, such as {@code py2.py3-none-any}, in the order of the text.
     *
     * @throws InvalidSyntaxException if it has not three parts, or one of them has an empty member
     */
    public static Set<Tag> parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 3) {
            throw new InvalidSyntaxException(
                    "a tag has three parts: interpreter, ABI and platform", text, 0);
        }
        List<String> interpreters = members(parts[0], text);
        List<String> abis = members(parts[1], text);
        List<String> platforms = members(parts[2], text);
        if ((long) interpreters.size() * abis.size() * platforms.size() > MOST_TAGS) {
            throw new InvalidSyntaxException("a tag with too many combinations", text, 0);
        }
        var tags = new LinkedHashSet<Tag>();
        for (String interpreter : interpreters) {
            if (!isIdentifier(interpreter)) {
                throw new InvalidSyntaxException(
                        "a tag begins with the name of an interpreter", text, 0);
            }
            for (String abi : abis) {
                for (String platform : platforms) {
                    tags.add(new Tag(interpreter, abi, platform));
                }
            }
        }
        return tags;
    }

    private static List<String> members(String part, String text) {
        List<String> members = List.of(part.split("\\.", -1));
        for (String member : members) {
            if (member.isEmpty()) {
                throw new InvalidSyntaxException(
                        "a part of the tag is empty", text, text.indexOf(part));
            }
        }
        return members;
    }

    private static boolean isIdentifier(String word) {
        return (Character.isUnicodeIdentifierStart(word.codePointAt(0)) || word.startsWith("_"))
                && word.codePoints().allMatch(Character::isUnicodeIdentifierPart);
    }

    @Override
    public String toString() {
        return interpreter + "-" + abi + "-" + platform;
    }
}
