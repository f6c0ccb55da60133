package dev.blast.cli.syntax;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands by name, in the order of the help page: the daily ones first. */
public enum CommandName {
    START,
    SYNC,
    ADD,
    REMOVE,
    RUN,
    SHELL,
    LEARN,
    CHECK,
    LOG,
    LIST,
    WHY,
    WHY_NOT,
    HISTORY,
    DIFF,
    UNDO,
    REDO,
    ROLLBACK,
    SAVE,
    LOAD,
    KILL,
    CLEAN,
    STORE,
    POLICY,
    TRUST,
    ADVISORIES,
    INIT;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it is written on the command line. */
    public String word() {
        return word;
    }

    public static Optional<CommandName> of(String word) {
        for (CommandName name : values()) {
            if (name.word.equals(word)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** All of them, as they are written. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CommandName::word).toList();
    }
}
