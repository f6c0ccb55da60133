package dev.blast.cli.syntax;

/** Completions for zsh, with descriptions. */
final class ZshCompletion {
    private ZshCompletion() {}

    static String text() {
        var script = new StringBuilder();
        script.append("_blast() {\n    local -a words_here\n    local command= word\n");
        script.append("    for word in ${words[2,CURRENT-1]}; do\n");
        script.append("        case $word in -*) ;; *) command=$word; break ;; esac\n    done\n");
        script.append("    case ${words[CURRENT-1]} in\n");
        for (Option option : Completions.valued()) {
            script.append("    ").append(String.join(" | ", option.names())).append(") ");
            script.append(
                    !option.choices().isEmpty()
                            ? "compadd -- " + String.join(" ", option.choices())
                            : switch (option.label()) {
                                case "DIR" -> "_files -/";
                                case "FILE" -> "_files";
                                default -> "_message " + Completions.quoted(option.label());
                            });
            script.append("; return ;;\n");
        }
        script.append(
                "    esac\n    [[ ${words[CURRENT]} == -* ]] || case $command.${words[CURRENT-1]} in\n");
        for (String name : CommandName.words()) {
            CommandTable.find(name)
                    .orElseThrow()
                    .operands()
                    .second()
                    .forEach((first, words) ->
                            script.append("    %s.%s) compadd -- ".formatted(name, first))
                                    .append(String.join(" ", words))
                                    .append("; return ;;\n"));
        }
        script.append("    esac\n    case $command in\n    '') words_here=(");
        for (String name : Completions.shellCommands()) {
            script.append(' ').append(Completions.quoted(name + ":" + Completions.summary(name)));
        }
        script.append(") ;;\n");
        for (String name : CommandName.words()) {
            CommandSyntax command = CommandTable.find(name).orElseThrow();
            script.append("    ").append(name).append(") words_here=(");
            for (String word : command.operands().first()) {
                script.append(' ').append(Completions.quoted(word));
            }
            for (Option option : command.allOptions()) {
                script.append(' ')
                        .append(
                                Completions.quoted(
                                        option.name()
                                                + ":"
                                                + option.description().replace(":", "\\:")));
            }
            script.append(") ;;\n");
        }
        script.append("    esac\n    _describe blast words_here || _files\n}\n");
        return script.append("(( $+functions[compdef] )) && compdef _blast blast\n").toString();
    }
}
