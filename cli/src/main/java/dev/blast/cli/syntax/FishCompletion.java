package dev.blast.cli.syntax;

/** The function and the completions for fish. */
final class FishCompletion {
    private FishCompletion() {}

    static String text() {
        var script = new StringBuilder();
        script.append(
                """
                function blast
                    switch "$argv[1]"
                        case activate
                            set -l dir $PWD
                            set -q argv[2]; and set dir $argv[2]
                            while test -n "$dir"; and not test -r "$dir/.venv/bin/activate.fish"
                                set dir (string replace -r '/?[^/]*$' '' -- $dir)
                            end
                            if test -n "$dir"
                                source "$dir/.venv/bin/activate.fish"
                            else
                                echo "blast: no .venv here or above; blast start makes one" >&2
                                return 1
                            end
                        case deactivate
                            deactivate
                        case '*'
                            command blast $argv
                    end
                end
                """);
        for (String name : Completions.shellCommands()) {
            script.append("complete -c blast -f -n __fish_use_subcommand -a ").append(name);
            script.append(" -d ")
                    .append(Completions.quoted(Completions.summary(name)))
                    .append('\n');
        }
        for (String name : CommandName.words()) {
            CommandSyntax command = CommandTable.find(name).orElseThrow();
            String here = "complete -c blast -n '__fish_seen_subcommand_from " + name + "'";
            if (!command.operands().first().isEmpty()) {
                script.append(here)
                        .append(" -f -a ")
                        .append(Completions.quoted(String.join(" ", command.operands().first())))
                        .append('\n');
            }
            command.operands()
                    .second()
                    .forEach((first, words) ->
                            script.append(
                                            "complete -c blast -n '__fish_seen_subcommand_from %s; and __fish_seen_subcommand_from %s' -f -a "
                                                    .formatted(name, first))
                                    .append(Completions.quoted(String.join(" ", words)))
                                    .append('\n'));
            for (Option option : command.allOptions()) {
                script.append(here)
                        .append(fishNames(option))
                        .append(" -d ")
                        .append(Completions.quoted(option.description()))
                        .append('\n');
            }
        }
        return script.toString();
    }

    private static String fishNames(Option option) {
        var text = new StringBuilder();
        for (String name : option.names()) {
            text.append(
                    name.startsWith("--")
                            ? " -l " + name.substring(2)
                            : " -s " + name.substring(1));
        }
        switch (option.takes()) {
            case NOTHING -> {}
            case ONE, EACH, PERHAPS ->
                    text.append(option.label().matches("DIR|FILE") ? " -r" : " -x");
        }
        if (!option.choices().isEmpty()) {
            text.append(" -a ").append(Completions.quoted(String.join(" ", option.choices())));
        }
        return text.toString();
    }
}
