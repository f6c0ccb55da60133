package dev.blast.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last committed change left in an environment: small, one text file ({@code
 * .blast/applied}, {@code key value} lines), replaced whole by the transaction that changed the
 * packages. A prompt, {@code list} and a sync with nothing to do read only this, not the history.
 *
 * @param name the environment's name
 * @param generation number of the last change, from 1
 * @param python the interpreter's version, such as {@code 3.12.1}
 * @param interpreter the base interpreter's executable
 * @param sitePackages relative to the environment
 * @param fingerprint over everything that the change followed from; equal means nothing to decide
 * @param policy revision of the policy in force, or empty
 * @param distributions names of the dist-info folders that we left in site-packages, sorted
 */
public record Applied(
        String name,
        int generation,
        Instant time,
        String command,
        String strategy,
        String python,
        Path interpreter,
        String sitePackages,
        String fingerprint,
        String policy,
        List<String> distributions) {
    private static final String FORMAT = "1";

    public Applied {
        distributions = List.copyOf(distributions);
    }

    static Optional<Applied> read(Path file) throws EnvironmentException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException("cannot read %s: %s".formatted(file, Cause.of(e)), e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<String> distributions = new ArrayList<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            String key = space < 0 ? line : line.substring(0, space);
            String value = space < 0 ? "" : line.substring(space + 1);
            if (key.equals("distribution")) {
                distributions.add(value);
            } else {
                values.put(key, value);
            }
        }
        try {
            if (!FORMAT.equals(values.get("format")) || !"applied".equals(values.get("end"))) {
                throw new IllegalArgumentException("format '%s'".formatted(values.get("format")));
            }
            return Optional.of(
                    new Applied(
                            value(values, "name"),
                            Integer.parseInt(value(values, "generation")),
                            Instant.parse(value(values, "time")),
                            value(values, "command"),
                            value(values, "strategy"),
                            value(values, "python"),
                            Path.of(value(values, "interpreter")),
                            value(values, "site-packages"),
                            value(values, "fingerprint"),
                            value(values, "policy"),
                            distributions));
        } catch (RuntimeException e) {
            throw new EnvironmentException(
                    "%s is not what Blast wrote (%s).\nblast sync --force writes it anew from what is installed"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("'%s' is missing".formatted(key));
        }
        return value;
    }

    String text() {
        var text = new StringBuilder();
        line(text, "format", FORMAT);
        line(text, "name", name);
        line(text, "generation", Integer.toString(generation));
        line(text, "time", time.toString());
        line(text, "command", command);
        line(text, "strategy", strategy);
        line(text, "python", python);
        line(text, "interpreter", interpreter.toString());
        line(text, "site-packages", sitePackages);
        line(text, "fingerprint", fingerprint);
        line(text, "policy", policy);
        distributions.forEach(d -> line(text, "distribution", d));
        line(text, "end", "applied");
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(' ').append(value.replace('\n', ' ')).append('\n');
    }
}
