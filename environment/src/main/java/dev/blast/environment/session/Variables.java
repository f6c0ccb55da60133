package dev.blast.environment.session;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Lines;
import dev.blast.environment.change.HeldEnvironment;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Variables that whatever runs in an environment gets: what {@code start --env} was told. One small
 * file in {@code .blast/}; it stays when packages change. Used by the thread that changes the
 * environment, or read by any.
 */
public final class Variables {
    private final Environment environment;
    private final Path file;

    public Variables(Environment environment) {
        this.environment = environment;
        this.file = environment.folder().resolve("variables");
    }

    /** Sorted by name; none where none were ever set. */
    public Map<String, String> read() throws EnvironmentException {
        Map<String, String> variables = new TreeMap<>();
        try {
            for (String assignment : Lines.parse(OrdinaryFile.text(file)).all("set")) {
                int equals = assignment.indexOf('=');
                variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
            return variables;
        } catch (NoSuchFileException e) {
            return variables;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        } catch (RuntimeException e) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is not what Blast wrote: %s\nblast start --env KEY=VALUE writes it anew",
                            file, e.getMessage()),
                    e);
        }
    }

    /** Sets these and keeps the others. The environment has to be there. */
    public void set(Map<String, String> changed) throws EnvironmentException {
        Map<String, String> variables = new TreeMap<>(read());
        variables.putAll(changed);
        var lines = new Lines.Writer();
        variables.forEach((name, value) -> lines.add("set", name + "=" + value));
        HeldEnvironment.write(environment, file, lines.text());
    }
}
