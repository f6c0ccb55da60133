package dev.blast.cli.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first look at argv, before any specification is built: which command is meant, and what
 * remains for its parser.
 *
 * @param command the first word that is neither an option nor an option's value; null: there is
 *     none
 * @param rest argv without that word, in order
 * @param help {@code --help} stands before the command
 * @param version {@code --version} stands before the command
 */
public record CommandLineHead(
        @Nullable String command, List<String> rest, boolean help, boolean version) {

    public static CommandLineHead read(List<String> argv) throws UsageException {
        List<Option> known = CommandTable.beforeCommand();
        var rest = new ArrayList<String>();
        boolean help = false;
        boolean version = false;
        for (int at = 0; at < argv.size(); at++) {
            String word = argv.get(at);
            if (!word.startsWith("-") || word.equals("-")) {
                rest.addAll(argv.subList(at + 1, argv.size()));
                return new CommandLineHead(word, rest, help, version);
            }
            Option option = find(known, word);
            help |= option.name().equals("--help");
            version |= option.name().equals("--version");
            if (!option.name().equals("--version")) {
                rest.add(word);
            }
            boolean valueFollows =
                    option.takes() != Option.Takes.NOTHING && option.names().contains(word);
            if (valueFollows && at + 1 < argv.size()) {
                rest.add(argv.get(++at));
            }
        }
        return new CommandLineHead(null, rest, help, version);
    }

    private static Option find(List<Option> known, String word) throws UsageException {
        String name =
                word.startsWith("--") && word.contains("=")
                        ? word.substring(0, word.indexOf('='))
                        : word;
        for (Option option : known) {
            boolean attached = !word.startsWith("--") && word.startsWith(option.names().getFirst());
            if (option.names().contains(name) || attached) {
                return option;
            }
        }
        var names = known.stream().flatMap(option -> option.names().stream()).toList();
        var help = new ArrayList<>(Nearest.hint(name, names));
        help.add("options of a command stand after its name; see: blast --help");
        throw new UsageException("unknown option '" + name + "' before the command", help);
    }
}
