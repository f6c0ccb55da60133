package dev.blast.cli.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code blast init SHELL} prints: completions, made from the command table, and a function
 * around {@code blast} that gives it {@code activate} and {@code deactivate}. A child process
 * cannot change its shell; neither of the two starts one.
 */
public final class Completions {
    public enum Shell {
        BASH,
        ZSH,
        FISH;

        public static Shell named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    private Completions() {}

    public static String of(Shell shell) {
        return switch (shell) {
            case BASH -> PosixFunction.text() + BashCompletion.text();
            case ZSH -> PosixFunction.text() + ZshCompletion.text();
            case FISH -> FishCompletion.text();
        };
    }

    /** Options of any command that take a value, each once. */
    static List<Option> valued() {
        var valued = new ArrayList<Option>();
        for (String name : CommandName.words()) {
            for (Option option : CommandTable.find(name).orElseThrow().allOptions()) {
                boolean must =
                        option.takes() == Option.Takes.ONE || option.takes() == Option.Takes.EACH;
                if (must
                        && valued.stream().noneMatch(other -> other.name().equals(option.name()))) {
                    valued.add(option);
                }
            }
        }
        return valued;
    }

    static List<String> shellCommands() {
        var names = new ArrayList<>(CommandName.words());
        names.addAll(List.of("activate", "deactivate"));
        return names;
    }

    static String summary(String name) {
        return switch (name) {
            case "activate" -> "activate the nearest .venv in this shell";
            case "deactivate" -> "leave it";
            default -> CommandTable.find(name).orElseThrow().summary();
        };
    }

    static String firstWords() {
        var words = new ArrayList<>(shellCommands());
        words.addAll(List.of("--help", "--version"));
        return String.join(" ", words);
    }

    static String words(CommandSyntax command) {
        var words = new ArrayList<>(command.operands().first());
        for (Option option : command.allOptions()) {
            words.add(option.name());
        }
        return String.join(" ", words);
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
