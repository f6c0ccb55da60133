package dev.blast.cli.syntax;

/** Completions for bash: one function with a {@code case} over the command. */
final class BashCompletion {
    private BashCompletion() {}

    static String text() {
        var script = new StringBuilder();
        script.append(
                """
                _blast() {
                    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= at
                    for ((at = 1; at < COMP_CWORD; at++)); do
                        case ${COMP_WORDS[at]} in -*) ;; *) command=${COMP_WORDS[at]} && break ;; esac
                    done
                    COMPREPLY=()
                    case $before in
                """);
        for (Option option : Completions.valued()) {
            script.append("    ")
                    .append(String.join(" | ", option.names()))
                    .append(") ")
                    .append(bashValues(option));
            script.append("; return ;;\n");
        }
        script.append("    esac\n    [[ $word == -* ]] || case $command.$before in\n");
        for (String name : CommandName.words()) {
            CommandTable.find(name)
                    .orElseThrow()
                    .operands()
                    .second()
                    .forEach((first, words) ->
                            script.append("    %s.%s) ".formatted(name, first))
                                    .append(among(String.join(" ", words)))
                                    .append("; return ;;\n"));
        }
        script.append("    esac\n    case $command in\n");
        script.append("    '') ").append(among(Completions.firstWords())).append(" ;;\n");
        for (String name : CommandName.words()) {
            CommandSyntax command = CommandTable.find(name).orElseThrow();
            script.append("    ").append(name).append(") ");
            script.append(among(Completions.words(command))).append(" ;;\n");
        }
        return script.append("    esac\n}\ncomplete -o default -F _blast blast\n").toString();
    }

    /** Offers those of the words that begin with what is there. */
    private static String among(String words) {
        return "COMPREPLY=($(compgen -W '" + words + "' -- \"$word\"))";
    }

    private static String bashValues(Option option) {
        if (!option.choices().isEmpty()) {
            return among(String.join(" ", option.choices()));
        }
        return switch (option.label()) {
            case "DIR" -> "COMPREPLY=($(compgen -d -- \"$word\"))";
            case "FILE" -> "COMPREPLY=($(compgen -f -- \"$word\"))";
            default -> ":";
        };
    }
}
