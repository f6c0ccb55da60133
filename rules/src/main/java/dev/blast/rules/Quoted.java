package dev.blast.rules;

import java.util.Optional;

/**
 * Texts from elsewhere, made fit for a terminal and for a rule: a host name is whatever a program
 * asked for.
 */
final class Quoted {
    private Quoted() {}

    /** In double quotes, with everything escaped that could end them or steer a terminal. */
    static String of(String text) {
        return '"' + plain(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** The same without quotes. */
    static String plain(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (isVisible(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append("\\u{%x}".formatted(c));
                    }
                });
        return out.toString();
    }

    /** As a literal of the policy language; empty where the language has no way to write it. */
    static Optional<String> literal(String text) {
        return text.codePoints().allMatch(Quoted::isVisible)
                ? Optional.of(of(text))
                : Optional.empty();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
