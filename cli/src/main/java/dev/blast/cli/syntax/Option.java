package dev.blast.cli.syntax;

import java.util.List;

/**
 * One option of a command.
 *
 * @param names as typed, the long one last: {@code -q --quiet}
 * @param takes how many values follow
 * @param label what the value is called in help: {@code NAME}; empty for a flag. DIR and FILE
 *     complete to paths
 * @param choices the only values there are, or empty where any is good
 * @param description half a sentence, without a full stop
 */
public record Option(
        List<String> names, Takes takes, String label, List<String> choices, String description) {

    public enum Takes {
        NOTHING,
        ONE,
        /** One, and the option may be given again. */
        EACH,
        /** The value may be left out: {@code --upgrade [NAME]}; may be given again. */
        PERHAPS
    }

    public Option {
        if (names.isEmpty() || (takes == Takes.NOTHING) != label.isEmpty()) {
            throw new IllegalArgumentException(
                    "an option needs a name, and a label exactly where it takes a value: " + names);
        }
        names = List.copyOf(names);
        choices = List.copyOf(choices);
    }

    static Option flag(String description, String... names) {
        return new Option(List.of(names), Takes.NOTHING, "", List.of(), description);
    }

    static Option one(String label, String description, String... names) {
        return new Option(List.of(names), Takes.ONE, label, List.of(), description);
    }

    static Option each(String label, String description, String... names) {
        return new Option(List.of(names), Takes.EACH, label, List.of(), description);
    }

    static Option perhaps(String label, String description, String... names) {
        return new Option(List.of(names), Takes.PERHAPS, label, List.of(), description);
    }

    Option choices(String... choices) {
        return new Option(names, takes, label, List.of(choices), description);
    }

    /** The name that stands for the option: the last one, which is the long one. */
    public String name() {
        return names.getLast();
    }

    /** As in a help page: {@code -q, --quiet} or {@code --strategy NAME}. */
    String usage() {
        return String.join(", ", names)
                + switch (takes) {
                    case NOTHING -> "";
                    case ONE, EACH -> " " + label;
                    case PERHAPS -> " [" + label + "]";
                };
    }
}
