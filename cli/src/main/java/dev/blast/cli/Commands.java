package dev.blast.cli;

/** From a command's name to what does it. Only the one that is asked for is loaded. */
final class Commands {
    private Commands() {}

    static Command named(String name) {
        return switch (name) {
            case "init" -> new InitCommand();
            default ->
                    throw new IllegalStateException(
                            "in the table of commands, but nothing does it: " + name);
        };
    }
}
