package dev.blast.cli.editor;

import java.util.List;
import org.eclipse.lsp4j.PositionEncodingKind;

/** What an editor counts columns in. */
enum ColumnUnit {
    UTF_16(PositionEncodingKind.UTF16),
    UTF_8(PositionEncodingKind.UTF8),
    UTF_32(PositionEncodingKind.UTF32);

    private final String word;

    ColumnUnit(String word) {
        this.word = word;
    }

    /** As the protocol calls it. */
    String word() {
        return word;
    }

    /**
     * The first of those that an editor offers; what the protocol begins with where it offers none.
     */
    static ColumnUnit agreed(List<String> offered) {
        for (String each : offered) {
            for (ColumnUnit unit : values()) {
                if (unit.word.equals(each)) {
                    return unit;
                }
            }
        }
        return UTF_16;
    }

    /** How many of them a character takes. */
    int width(int codePoint) {
        return switch (this) {
            case UTF_16 -> Character.charCount(codePoint);
            case UTF_8 ->
                    codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            case UTF_32 -> 1;
        };
    }
}
