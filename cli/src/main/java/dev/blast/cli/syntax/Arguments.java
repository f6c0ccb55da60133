package dev.blast.cli.syntax;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed, understood.
 *
 * @param command the command's name
 * @param options the values by the option's long name; an empty list for a flag that was given
 * @param operands what stands beside the options, in order
 */
public record Arguments(String command, Map<String, List<String>> options, List<String> operands) {
    public Arguments {
        options = Map.copyOf(options);
        operands = List.copyOf(operands);
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    public Optional<String> value(String option) {
        List<String> values = values(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /**
     * All values in the order typed; for an option whose value may be left out, an empty text
     * stands for "all".
     */
    public List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }
}
