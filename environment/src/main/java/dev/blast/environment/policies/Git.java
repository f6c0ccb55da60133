package dev.blast.environment.policies;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The machine's git, asked what was committed in a folder. A repository is a stranger's word: of
 * what its settings could start (hooks, pagers, file watchers, helpers that fetch what is missing)
 * nothing is, and git itself is taken from where the machine's programs lie, whatever {@code PATH}
 * says.
 */
final class Git {
    private static final long PATIENCE_SECONDS = 20;
    private static final int MAX_ANSWER = 16 * 1024 * 1024;
    private static final int MAX_COMPLAINT = 64 * 1024;

    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/bin/git"),
                    Path.of("/usr/local/bin/git"),
                    Path.of("/bin/git"),
                    Path.of("/run/current-system/sw/bin/git"));

    /** What stands on the command line wins over what a repository says. */
    private static final List<String> SETTINGS =
            List.of(
                    "core.fsmonitor=false",
                    "core.hooksPath=/dev/null",
                    "core.pager=cat",
                    "core.sshCommand=false",
                    "core.askPass=",
                    "credential.helper=",
                    "protocol.allow=never",
                    "log.showSignature=false",
                    "safe.directory=*");

    private static final Map<String, String> VARIABLES =
            Map.ofEntries(
                    Map.entry("PATH", "/usr/bin:/bin"),
                    Map.entry("LC_ALL", "C"),
                    Map.entry("HOME", "/nonexistent"),
                    Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
                    Map.entry("GIT_CONFIG_SYSTEM", "/dev/null"),
                    Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
                    Map.entry("GIT_ATTR_NOSYSTEM", "1"),
                    Map.entry("GIT_NO_REPLACE_OBJECTS", "1"),
                    Map.entry("GIT_NO_LAZY_FETCH", "1"),
                    Map.entry("GIT_ALLOW_PROTOCOL", "none"),
                    Map.entry("GIT_OPTIONAL_LOCKS", "0"),
                    Map.entry("GIT_TERMINAL_PROMPT", "0"));

    private final Path program;
    private final Path folder;

    /** What came of a question. */
    static final class Said {
        private final int exit;
        private final byte[] answer;
        private final String complaint;

        private Said(int exit, byte[] answer, String complaint) {
            this.exit = exit;
            this.answer = answer;
            this.complaint = complaint;
        }

        boolean isAnswer() {
            return exit == 0;
        }

        byte[] answer() {
            return answer.clone();
        }

        String text() {
            return new String(answer, StandardCharsets.UTF_8);
        }

        boolean complainsOf(String what) {
            return complaint.contains(what);
        }

        /** Its last line, without git's own {@code fatal:}. */
        String why() {
            return complaint
                    .strip()
                    .lines()
                    .reduce("it ended with " + exit, (_, line) -> line)
                    .replaceFirst("^fatal: ", "");
        }
    }

    private Git(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Asked about a folder; empty where this machine has none. */
    static Optional<Git> in(Path folder) {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Git(program, folder));
    }

    static Message missing() {
        return Message.of(
                "there is no git on this machine (%s)\nname a folder of policies to compare with",
                String.join(", ", PLACES.stream().map(Path::toString).toList()));
    }

    Said ask(String... words) throws EnvironmentException {
        return ask(new byte[0], words);
    }

    /**
     * Asks it.
     *
     * @param input what it reads
     */
    Said ask(byte[] input, String... words) throws EnvironmentException {
        var line = new ArrayList<String>(List.of(program.toString(), "--no-pager"));
        SETTINGS.forEach(it -> line.addAll(List.of("-c", it)));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).directory(new File(folder.toString()));
        builder.environment().clear();
        builder.environment().putAll(VARIABLES);
        try {
            Process process = builder.start();
            var answer = reading(process.getInputStream(), MAX_ANSWER);
            var complaint = reading(process.getErrorStream(), MAX_COMPLAINT);
            try (OutputStream to = process.getOutputStream()) {
                to.write(input);
            } catch (IOException _) {
                // it has ended before it has read everything, and says why
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EnvironmentException(
                        "git did not answer within %d s, asked in %s"
                                .formatted(PATIENCE_SECONDS, folder));
            }
            return new Said(
                    process.exitValue(),
                    answer.join(),
                    new String(complaint.join(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot start %s: %s".formatted(program, Cause.of(e, program)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("git was not waited for: interrupted", e);
        }
    }

    private static CompletableFuture<byte[]> reading(InputStream stream, int most) {
        var read = new CompletableFuture<byte[]>();
        Thread.ofVirtual()
                .start(() -> {
                    try (stream) {
                        read.complete(stream.readNBytes(most));
                    } catch (IOException _) {
                        read.complete(new byte[0]);
                    }
                });
        return read;
    }
}
