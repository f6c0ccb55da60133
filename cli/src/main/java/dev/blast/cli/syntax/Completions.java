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
            case BASH -> function() + bash();
            case ZSH -> function() + zsh();
            case FISH -> fish();
        };
    }

    /** The nearest .venv from the folder upward is activated in the shell itself. */
    private static String function() {
        return """
        blast() {
            case "${1-}" in
            activate)
                local dir=${2:-$PWD}
                while [ -n "$dir" ] && [ ! -r "$dir/.venv/bin/activate" ]; do
                    case $dir in */*) dir=${dir%/*} ;; *) dir= ;; esac
                done
                if [ -n "$dir" ]; then
                    . "$dir/.venv/bin/activate"
                else
                    echo "blast: no .venv in ${2:-$PWD} or above it; blast start makes one" >&2
                    return 1
                fi
                ;;
            deactivate) deactivate ;;
            *) command blast "$@" ;;
            esac
        }
        """;
    }

    private static String bash() {
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
        for (Option option : valued()) {
            script.append("    ")
                    .append(String.join(" | ", option.names()))
                    .append(") ")
                    .append(bashValues(option));
            script.append("; return ;;\n");
        }
        script.append("    esac\n    case $command in\n");
        script.append("    '') COMPREPLY=($(compgen -W '")
                .append(firstWords())
                .append("' -- \"$word\")) ;;\n");
        for (String name : CommandTable.NAMES) {
            CommandSyntax command = CommandTable.find(name).orElseThrow();
            script.append("    ")
                    .append(name)
                    .append(") COMPREPLY=($(compgen -W '")
                    .append(words(command))
                    .append("' -- \"$word\")) ;;\n");
        }
        return script.append("    esac\n}\ncomplete -o default -F _blast blast\n").toString();
    }

    private static String bashValues(Option option) {
        if (!option.choices().isEmpty()) {
            return "COMPREPLY=($(compgen -W '"
                    + String.join(" ", option.choices())
                    + "' -- \"$word\"))";
        }
        return option.label().equals("DIR") ? "COMPREPLY=($(compgen -d -- \"$word\"))" : ":";
    }

    private static String zsh() {
        var script = new StringBuilder();
        script.append("_blast() {\n    local -a words_here\n    local command= word\n");
        script.append("    for word in ${words[2,CURRENT-1]}; do\n");
        script.append("        case $word in -*) ;; *) command=$word; break ;; esac\n    done\n");
        script.append("    case ${words[CURRENT-1]} in\n");
        for (Option option : valued()) {
            script.append("    ").append(String.join(" | ", option.names())).append(") ");
            script.append(
                    !option.choices().isEmpty()
                            ? "compadd -- " + String.join(" ", option.choices())
                            : option.label().equals("DIR")
                                    ? "_files -/"
                                    : "_message " + quoted(option.label()));
            script.append("; return ;;\n");
        }
        script.append("    esac\n    case $command in\n    '') words_here=(");
        for (String name : shellCommands()) {
            script.append(' ').append(quoted(name + ":" + summary(name)));
        }
        script.append(") ;;\n");
        for (String name : CommandTable.NAMES) {
            CommandSyntax command = CommandTable.find(name).orElseThrow();
            script.append("    ").append(name).append(") words_here=(");
            for (String word : command.operands().first()) {
                script.append(' ').append(quoted(word));
            }
            for (Option option : command.allOptions()) {
                script.append(' ')
                        .append(
                                quoted(
                                        option.name()
                                                + ":"
                                                + option.description().replace(":", "\\:")));
            }
            script.append(") ;;\n");
        }
        script.append("    esac\n    _describe blast words_here || _files\n}\n");
        return script.append("(( $+functions[compdef] )) && compdef _blast blast\n").toString();
    }

    private static String fish() {
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
        for (String name : shellCommands()) {
            script.append("complete -c blast -f -n __fish_use_subcommand -a ").append(name);
            script.append(" -d ").append(quoted(summary(name))).append('\n');
        }
        for (String name : CommandTable.NAMES) {
            CommandSyntax command = CommandTable.find(name).orElseThrow();
            String here = "complete -c blast -n '__fish_seen_subcommand_from " + name + "'";
            if (!command.operands().first().isEmpty()) {
                script.append(here)
                        .append(" -f -a ")
                        .append(quoted(String.join(" ", command.operands().first())))
                        .append('\n');
            }
            for (Option option : command.allOptions()) {
                script.append(here)
                        .append(fishNames(option))
                        .append(" -d ")
                        .append(quoted(option.description()))
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
            case ONE, EACH, PERHAPS -> text.append(option.label().equals("DIR") ? " -r" : " -x");
        }
        if (!option.choices().isEmpty()) {
            text.append(" -a ").append(quoted(String.join(" ", option.choices())));
        }
        return text.toString();
    }

    /** Options of any command that take a value, each once. */
    private static List<Option> valued() {
        var valued = new ArrayList<Option>();
        for (String name : CommandTable.NAMES) {
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

    private static List<String> shellCommands() {
        var names = new ArrayList<>(CommandTable.NAMES);
        names.addAll(List.of("activate", "deactivate"));
        return names;
    }

    private static String summary(String name) {
        return switch (name) {
            case "activate" -> "activate the nearest .venv in this shell";
            case "deactivate" -> "leave it";
            default -> CommandTable.find(name).orElseThrow().summary();
        };
    }

    private static String firstWords() {
        var words = new ArrayList<>(shellCommands());
        words.addAll(List.of("--help", "--version"));
        return String.join(" ", words);
    }

    private static String words(CommandSyntax command) {
        var words = new ArrayList<>(command.operands().first());
        for (Option option : command.allOptions()) {
            words.add(option.name());
        }
        return String.join(" ", words);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
