package dev.blast.environment.git;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The machine's git, asked what was committed in a folder, or to bring commits from elsewhere. A
 * repository is a stranger's word: of what its settings could start (hooks, pagers, file watchers,
 * helpers that fetch what is missing) nothing is, and git itself is taken from where the machine's
 * programs lie, whatever {@code PATH} says. It asks nobody anything.
 */
public final class Git {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
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
                    "core.askPass=",
                    "credential.helper=",
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

    private static final List<String> WHERE_SETTINGS_ARE =
            List.of(
                    "HOME",
                    "XDG_CONFIG_HOME",
                    "GIT_CONFIG_NOSYSTEM",
                    "GIT_CONFIG_SYSTEM",
                    "GIT_CONFIG_GLOBAL");

    /** Reaching out is never meant where a question is about what is there. */
    private static final List<String> AT_HOME =
            List.of("core.sshCommand=false", "protocol.allow=never");

    private final Path program;
    private final Path folder;
    private final List<String> settings;
    private final Map<String, String> variables;
    private final Duration patience;

    /** What came of a question. */
    public static final class Said {
        private static final String NO_WAY = "fatal: Could not read from remote repository.";

        private final int exit;
        private final byte[] answer;
        private final String complaint;

        private Said(int exit, byte[] answer, String complaint) {
            this.exit = exit;
            this.answer = answer;
            this.complaint = complaint;
        }

        public boolean isAnswer() {
            return exit == 0;
        }

        public byte[] answer() {
            return answer.clone();
        }

        public String text() {
            return new String(answer, StandardCharsets.UTF_8);
        }

        public boolean complainsOf(String what) {
            return complaint.contains(what);
        }

        /**
         * Its last line, without git's own {@code fatal:}; of a way there that did not open the
         * line before git's advice, which is what ssh said.
         */
        public String why() {
            List<String> lines = complaint.strip().lines().toList();
            int fatal = lines.indexOf(NO_WAY);
            List<String> told = fatal > 0 ? lines.subList(0, fatal) : lines;
            return told.isEmpty() || told.getLast().isEmpty()
                    ? "it ended with " + exit
                    : told.getLast().replaceFirst("^fatal: ", "");
        }
    }

    private Git(
            Path program,
            Path folder,
            List<String> settings,
            Map<String, String> variables,
            Duration patience) {
        this.program = program;
        this.folder = folder;
        this.settings = settings;
        this.variables = variables;
        this.patience = patience;
    }

    /** Asked about a folder; empty where this machine has none. */
    public static Optional<Git> in(Path folder) {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Git(program, folder, AT_HOME, Map.of(), PATIENCE));
    }

    /**
     * The person's and the machine's, asked about their own settings: they are read as the person's
     * git reads them, and in no repository.
     *
     * @param caller the person's variables
     */
    public static Optional<Git> ofPerson(Map<String, String> caller) {
        Map<String, String> own = new HashMap<>();
        WHERE_SETTINGS_ARE.forEach(name -> own.put(name, caller.getOrDefault(name, "")));
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Git(program, Path.of("/"), AT_HOME, own, PATIENCE));
    }

    /**
     * The same, where it may ask another machine.
     *
     * @param protocols those that it may use, with a colon between them
     * @param more variables for the way there: proxies, certificates, the agent of ssh
     */
    public Git reaching(String protocols, Map<String, String> more, Duration longest) {
        var all = new HashMap<>(more);
        all.put("GIT_ALLOW_PROTOCOL", protocols);
        return new Git(
                program,
                folder,
                List.of("core.sshCommand=ssh -oBatchMode=yes", "submodule.recurse=false"),
                all,
                longest);
    }

    /** The same with one setting more, {@code name=value}; whoever lists processes sees it. */
    public Git with(String setting) {
        var all = new ArrayList<>(settings);
        all.add(setting);
        return new Git(program, folder, List.copyOf(all), variables, patience);
    }

    public static Message missing() {
        return Message.of(
                "there is no git on this machine (%s)",
                String.join(", ", PLACES.stream().map(Path::toString).toList()));
    }

    public Said ask(String... words) throws EnvironmentException {
        return ask(new byte[0], words);
    }

    /**
     * Asks it.
     *
     * @param input what it reads
     */
    public Said ask(byte[] input, String... words) throws EnvironmentException {
        return ask(input, MAX_ANSWER, null, words);
    }

    /**
     * Asks it for something large.
     *
     * @param file that is made of the answer
     * @param most bytes; what is more is cut off, and git is told so
     */
    public Said askInto(Path file, long most, String... words) throws EnvironmentException {
        return ask(new byte[0], most, file, words);
    }

    private Said ask(byte[] input, long most, @Nullable Path file, String... words)
            throws EnvironmentException {
        var line = new ArrayList<String>(List.of(program.toString(), "--no-pager"));
        SETTINGS.forEach(it -> line.addAll(List.of("-c", it)));
        settings.forEach(it -> line.addAll(List.of("-c", it)));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).directory(new File(folder.toString()));
        builder.environment().clear();
        builder.environment().putAll(VARIABLES);
        builder.environment().putAll(variables);
        builder.environment().values().removeIf(String::isEmpty); // not set, see ofPerson
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot start %s: %s".formatted(program, Cause.of(e, program)), e);
        }
        try {
            var answer =
                    file == null
                            ? reading(process.getInputStream(), (int) most)
                            : copying(process.getInputStream(), file, most);
            var complaint = reading(process.getErrorStream(), MAX_COMPLAINT);
            try (OutputStream to = process.getOutputStream()) {
                to.write(input);
            } catch (IOException _) {
                // it has ended before it has read everything, and says why
            }
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                end(process);
                throw new EnvironmentException(
                        "git did not answer within %d s, asked in %s"
                                .formatted(patience.toSeconds(), folder));
            }
            return new Said(
                    process.exitValue(),
                    answer.join(),
                    new String(complaint.join(), StandardCharsets.UTF_8));
        } catch (CompletionException e) {
            throw new EnvironmentException(
                    "what git said cannot be kept: %s"
                            .formatted(
                                    e.getCause() instanceof IOException cause
                                            ? Cause.of(cause)
                                            : String.valueOf(e.getCause())),
                    e);
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new EnvironmentException("git was not waited for: interrupted", e);
        }
    }

    /** With what it has started: what speaks to a server is a process of its own. */
    private static void end(Process git) {
        List<ProcessHandle> all = git.descendants().toList(); // nobody's, once it has ended
        git.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** A pipe that is closed early ends git, which then has failed. */
    private static CompletableFuture<byte[]> copying(InputStream stream, Path file, long most) {
        var read = new CompletableFuture<byte[]>();
        Thread.ofVirtual()
                .start(() -> {
                    try (stream;
                            OutputStream to = Files.newOutputStream(file)) {
                        byte[] buffer = new byte[1 << 16];
                        long left = most;
                        for (int n = stream.read(buffer); n > 0 && left > 0; ) {
                            to.write(buffer, 0, (int) Math.min(n, left));
                            left -= n;
                            n = stream.read(buffer);
                        }
                        read.complete(new byte[0]);
                    } catch (IOException e) {
                        read.completeExceptionally(e);
                    }
                });
        return read;
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
