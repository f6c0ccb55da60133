package dev.blast.cli.syntax;

import dev.blast.enforcer.kernel.NativeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * From argv to {@link Arguments}, by picocli's programmatic model: only the specification of one
 * command is built, and nothing is read by reflection (annotations cost a tenth of a second more at
 * start). This file alone names picocli.
 */
public final class ArgumentParser {
    /**
     * Stands for a value that was left out: picocli takes an empty text for none. No argv has it.
     */
    private static final String ALL = "\0";

    private ArgumentParser() {}

    /** Parses everything but the command's own name. */
    public static Arguments parse(CommandSyntax command, List<String> argv) throws UsageException {
        Arguments arguments =
                hasNoOptions(command, argv)
                        ? operandsOnly(command, argv)
                        : withOptions(command, argv);
        if (!arguments.has("--help")) {
            checkOperands(command, arguments.operands());
        }
        return arguments;
    }

    /**
     * Then there is nothing to parse, and picocli's hundred and forty classes need not be loaded.
     */
    private static boolean hasNoOptions(CommandSyntax command, List<String> argv) {
        boolean restIsOurs = !command.operands().command();
        for (String word : argv) {
            if (word.startsWith("-")) {
                return false;
            }
            if (!restIsOurs) {
                return true;
            }
        }
        return true;
    }

    private static Arguments operandsOnly(CommandSyntax command, List<String> argv) {
        return new Arguments(command.name(), Map.of(), argv);
    }

    private static Arguments withOptions(CommandSyntax command, List<String> argv)
            throws UsageException {
        List<Option> options = command.allOptions();
        ParseResult parsed;
        try {
            parsed = commandLine(command, options).parseArgs(argv.toArray(String[]::new));
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw unknown(command, options, unmatched(e, options, argv));
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(
                    command.name() + ": " + sentence(e), List.of(seeHelp(command)));
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (Option option : options) {
            if (parsed.hasMatchedOption(option.name())) {
                values.put(option.name(), checked(option, valuesOf(option, parsed), command));
            }
        }
        List<String> operands =
                parsed.hasMatchedPositional(0)
                        ? Arrays.asList(parsed.matchedPositionalValue(0, new String[0]))
                        : List.of();
        return new Arguments(command.name(), values, operands);
    }

    private static CommandLine commandLine(CommandSyntax command, List<Option> options) {
        CommandSpec spec = CommandSpec.create();
        for (Option option : options) {
            OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new));
            spec.addOption(
                    switch (option.takes()) {
                        case NOTHING -> builder.type(boolean.class).arity("0").build();
                        case ONE, EACH -> builder.type(String[].class).arity("1").build();
                        case PERHAPS ->
                                builder.type(String[].class)
                                        .arity("0..1")
                                        .fallbackValue(ALL)
                                        .build();
                    });
        }
        if (command.operands().atMost() > 0) {
            spec.addPositional(
                    PositionalParamSpec.builder()
                            .index("0..*")
                            .arity("0..*")
                            .type(String[].class)
                            .build());
        }
        spec.parser()
                .stopAtPositional(command.operands().command())
                .unmatchedOptionsArePositionalParams(false)
                .trimQuotes(false);
        var commandLine = new CommandLine(spec);
        commandLine.setInterpolateVariables(false);
        commandLine.setExpandAtFiles(false);
        commandLine.setOverwrittenOptionsAllowed(true);
        commandLine.setUnmatchedOptionsAllowedAsOptionParameters(false);
        return commandLine;
    }

    private static List<String> valuesOf(Option option, ParseResult parsed) {
        return option.takes() == Option.Takes.NOTHING
                ? List.of()
                : Arrays.stream(parsed.matchedOptionValue(option.name(), new String[0]))
                        .map(value -> value.equals(ALL) ? "" : value)
                        .toList();
    }

    private static List<String> checked(Option option, List<String> values, CommandSyntax command)
            throws UsageException {
        for (String value : values) {
            requireText(value, command);
            if (!option.choices().isEmpty() && !option.choices().contains(value)) {
                var help = new ArrayList<>(Nearest.hint(value, option.choices()));
                help.add("it takes: " + String.join(", ", option.choices()));
                throw new UsageException(
                        command.name() + ": " + option.name() + " does not take '" + value + "'",
                        help);
            }
        }
        return values;
    }

    /** What is not text can be handed on, but names no file and no package that Java knows. */
    private static void requireText(String typed, CommandSyntax command) throws UsageException {
        if (!NativeText.isText(typed)) {
            throw new UsageException(
                    command.name() + ": '" + typed + "' is not text in UTF-8",
                    List.of(seeHelp(command)));
        }
    }

    private static void checkOperands(CommandSyntax command, List<String> operands)
            throws UsageException {
        Operands known = command.operands();
        if (!known.command()) {
            for (String operand : operands) {
                requireText(operand, command);
            }
        }
        if (operands.size() < known.atLeast()) {
            throw new UsageException(
                    command.name() + " needs " + known.usage(), List.of(seeHelp(command)));
        }
        if (operands.size() > known.atMost()) {
            throw tooMany(command, operands.get(known.atMost()));
        }
        if (!known.first().isEmpty()
                && !operands.isEmpty()
                && !known.first().contains(operands.getFirst())) {
            var help = new ArrayList<>(Nearest.hint(operands.getFirst(), known.first()));
            help.add("it is one of: " + String.join(", ", known.first()));
            throw new UsageException(
                    command.name() + ": unknown '" + operands.getFirst() + "'", help);
        }
    }

    private static UsageException unknown(
            CommandSyntax command, List<Option> options, String typed) {
        if (!typed.startsWith("-")) {
            return tooMany(command, typed);
        }
        String name = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        List<String> names = options.stream().flatMap(option -> option.names().stream()).toList();
        var help =
                new ArrayList<>(
                        ForeignWords.option(name)
                                .map(List::of)
                                .orElseGet(() -> Nearest.hint(name, names)));
        help.add(seeHelp(command));
        return new UsageException(command.name() + ": unknown option '" + name + "'", help);
    }

    /** picocli does not name what stands in place of a value that an option need not have. */
    private static String unmatched(
            CommandLine.UnmatchedArgumentException e, List<Option> options, List<String> argv) {
        if (!e.getUnmatched().isEmpty()) {
            return e.getUnmatched().getFirst();
        }
        Set<String> names =
                options.stream().flatMap(it -> it.names().stream()).collect(Collectors.toSet());
        return argv.stream()
                .filter(it -> it.startsWith("-") && !names.contains(it))
                .findFirst()
                .orElseThrow(() -> e);
    }

    private static UsageException tooMany(CommandSyntax command, String operand) {
        return new UsageException(
                command.name() + ": '" + operand + "' is one argument too many",
                List.of(seeHelp(command)));
    }

    private static String sentence(CommandLine.ParameterException e) {
        if (e instanceof CommandLine.MissingParameterException missing
                && !missing.getMissing().isEmpty()
                && missing.getMissing().getFirst() instanceof OptionSpec option) {
            return option.longestName() + " needs a value";
        }
        return String.valueOf(e.getMessage());
    }

    private static String seeHelp(CommandSyntax command) {
        return "see: blast " + command.name() + " --help";
    }
}
