package dev.blast.cli;

import dev.blast.cli.invocation.BlastVersion;
import dev.blast.cli.invocation.CrashReport;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.FailureReport;
import dev.blast.cli.invocation.Inherited;
import dev.blast.cli.invocation.Interruption;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.invocation.OpenFiles;
import dev.blast.cli.invocation.Troubles;
import dev.blast.cli.report.Json;
import dev.blast.cli.report.JsonObject;
import dev.blast.cli.report.Report;
import dev.blast.cli.syntax.ArgumentParser;
import dev.blast.cli.syntax.Arguments;
import dev.blast.cli.syntax.CommandLineHead;
import dev.blast.cli.syntax.CommandName;
import dev.blast.cli.syntax.CommandSyntax;
import dev.blast.cli.syntax.CommandTable;
import dev.blast.cli.syntax.ForeignWords;
import dev.blast.cli.syntax.HelpPage;
import dev.blast.cli.syntax.Nearest;
import dev.blast.cli.syntax.UsageException;
import dev.blast.cli.terminal.ColorChoice;
import dev.blast.cli.terminal.Console;
import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Terminal;
import dev.blast.cli.terminal.Verbosity;
import dev.blast.packaging.Message;
import dev.blast.packaging.Visible;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code blast}: finds the command, runs it, and turns whatever happens into words and an exit
 * code.
 */
public final class Main {
    /** What Java reads of a path where its bytes are no text. */
    private static final char UNREADABLE = '\ufffd';

    /** Before the names of variables that the launcher kept from Java itself. */
    private static final String ASIDE = "BLAST_ASIDE_";

    private final Output results;
    private final Output diagnosis;
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path directory;

    public Main(
            Output results,
            Output diagnosis,
            Terminal terminal,
            Map<String, String> environment,
            Path directory) {
        this.results = results;
        this.diagnosis = diagnosis;
        this.terminal = terminal;
        this.environment = environment;
        this.directory = directory;
    }

    public static void main(String[] argv) {
        var results = new Output(new FileOutputStream(FileDescriptor.out));
        var diagnosis = new Output(new FileOutputStream(FileDescriptor.err));
        var main =
                new Main(
                        results,
                        diagnosis,
                        Terminal.detect(),
                        callersEnvironment(System.getenv(), System.getProperty("blast.lc_all")),
                        Path.of("").toAbsolutePath());
        Interruption interruption = Interruption.guard(Thread.currentThread());
        int code = main.run(Inherited.arguments(argv));
        if (!interruption.underWay()) {
            // Everything is flushed and every transaction is closed: an orderly end of the JVM
            // would only take longer.
            Runtime.getRuntime().halt(code);
        }
    }

    /**
     * The environment as our caller had it: the launcher gives Java a locale that can name every
     * file, and says which {@code LC_ALL} was there before; options for Java it sets aside under
     * other names.
     *
     * @param languageBefore empty where there was none or it was empty, which is the same
     *     (locale(7)); null where no launcher started us
     */
    static Map<String, String> callersEnvironment(
            Map<String, String> ours, @Nullable String languageBefore) {
        if (languageBefore == null) {
            return ours;
        }
        var variables = new HashMap<>(ours);
        for (String name : ours.keySet()) {
            if (name.startsWith(ASIDE)) {
                variables.put(
                        name.substring(ASIDE.length()),
                        Objects.requireNonNull(variables.remove(name)));
            }
        }
        variables.remove("LC_ALL");
        if (!languageBefore.isEmpty()) {
            variables.put("LC_ALL", languageBefore);
        }
        return variables;
    }

    /** Runs one command line and returns its exit code. */
    public int run(List<String> argv) {
        long startedNanos = System.nanoTime();
        try {
            CommandLineHead head = CommandLineHead.read(argv);
            if (head.version()) {
                return version(head);
            }
            String name = head.command();
            if (name == null) {
                return overview(head);
            }
            Optional<CommandSyntax> syntax = CommandTable.find(name);
            if (syntax.isEmpty()) {
                return fail(unknownCommand(name, head.rest()), argv.contains("--json"));
            }
            Arguments arguments = ArgumentParser.parse(syntax.get(), head.rest());
            if (arguments.has("--help")) {
                results.write(HelpPage.of(syntax.get()));
                return written(Exit.DONE.code());
            }
            return run(arguments, argv, startedNanos);
        } catch (UsageException e) {
            return fail(
                    new FailureReport("", Exit.USAGE.code(), Message.line(e.message()), e.help()),
                    argv.contains("--json"));
        } catch (RuntimeException e) {
            return bug(e, argv);
        }
    }

    private int run(Arguments arguments, List<String> argv, long startedNanos) {
        try (Console console = console(arguments)) {
            OpenFiles.requireEnough();
            var invocation =
                    new Invocation(
                            arguments,
                            console,
                            terminal,
                            environment,
                            directoryOf(arguments),
                            startedNanos,
                            CrashReport.line(argv));
            return written(
                    Commands.named(CommandName.of(arguments.command()).orElseThrow())
                            .run(invocation));
        } catch (Throwable thrown) {
            return failed(thrown, arguments, argv);
        }
    }

    /**
     * An interruption comes through the modules in whatever exception they had at hand: the
     * thread's flag tells.
     */
    private int failed(Throwable thrown, Arguments arguments, List<String> argv) {
        if (thrown instanceof InterruptedException || Thread.interrupted()) {
            diagnosis.write("blast: interrupted; nothing is left half done\n");
            return Exit.INTERRUPTED.code();
        }
        Optional<Failure> failure = Troubles.failure(thrown);
        if (failure.isPresent()) {
            return failed(failure.get(), arguments);
        }
        return bug(thrown, argv);
    }

    private int bug(Throwable thrown, List<String> argv) {
        diagnosis.write(CrashReport.write(thrown, argv, environment) + "\n");
        return Exit.BUG.code();
    }

    private int failed(Failure failure, Arguments arguments) {
        boolean json = arguments.has("--json");
        Optional<Report> report = failure.report();
        if (report.isEmpty()) {
            return fail(
                    new FailureReport(
                            arguments.command(),
                            failure.exit().code(),
                            failure.message(),
                            failure.help(),
                            failure.diagnostics()),
                    json);
        }
        if (!failure.told()) {
            diagnosis.write(
                    report.get()
                            .text(ColorChoice.AUTO.paletteFor(terminal.diagnosis(), environment)));
        }
        if (json) {
            results.write(Json.document(arguments.command(), report.get().json()));
        }
        return failure.exit().code();
    }

    private int version(CommandLineHead head) {
        results.write(
                head.rest().contains("--json")
                        ? Json.document(
                                "version", new JsonObject().with("version", BlastVersion.NUMBER))
                        : "Blast " + BlastVersion.NUMBER + "\n");
        return written(Exit.DONE.code());
    }

    private int overview(CommandLineHead head) {
        if (head.help()) {
            results.write(HelpPage.overview());
            return written(Exit.DONE.code());
        }
        diagnosis.write(HelpPage.overview());
        return Exit.USAGE.code();
    }

    private static FailureReport unknownCommand(String name, List<String> rest) {
        var line = new ArrayList<>(List.of(name));
        line.addAll(rest);
        Optional<String> ours = ForeignWords.answer(line);
        if (ours.isPresent()) {
            return new FailureReport(
                    name,
                    Exit.USAGE.code(),
                    Message.line(
                            "'%s' is no command of Blast; here: %s".formatted(name, ours.get())),
                    List.of());
        }
        var help = new ArrayList<>(Nearest.hint(name, CommandName.words()));
        help.add("commands: " + String.join(" ", CommandName.words()));
        return new FailureReport(
                name, Exit.USAGE.code(), Message.line("unknown command '" + name + "'"), help);
    }

    private Console console(Arguments arguments) {
        Verbosity verbosity =
                arguments.has("--quiet")
                        ? Verbosity.QUIET
                        : arguments.has("--verbose") ? Verbosity.VERBOSE : Verbosity.NORMAL;
        ColorChoice color =
                ColorChoice.valueOf(
                        arguments.value("--color").orElse("auto").toUpperCase(Locale.ROOT));
        return new Console(results, diagnosis, terminal, environment, verbosity, color);
    }

    private Path directoryOf(Arguments arguments) throws Failure {
        Path asked = directory.resolve(arguments.value("-C").orElse("")).normalize();
        if (!Files.isDirectory(asked)) {
            throw new Failure(
                    Exit.USAGE,
                    arguments.has("-C")
                            ? "-C " + asked + ": there is no such folder"
                            : asked.toString().indexOf(UNREADABLE) < 0
                                    ? "the current folder is gone: " + asked
                                    : "the path of the current folder is not text in UTF-8: "
                                            + asked,
                    "work in another folder: cd, or -C DIR");
        }
        return asked;
    }

    /**
     * Says an error on stderr, and with {@code --json} also as a document on stdout: a program
     * reads one stream.
     */
    private int fail(FailureReport failure, boolean json) {
        diagnosis.write(
                failure.text(ColorChoice.AUTO.paletteFor(terminal.diagnosis(), environment)));
        if (json) {
            results.write(Json.document("error", failure.json()));
        }
        return failure.exitCode();
    }

    /** The code, unless the results could not be written: then that is the outcome. */
    private int written(int code) {
        String failure = results.failure();
        if (failure == null) {
            return code;
        }
        diagnosis.write("blast: the results could not be written: " + Visible.of(failure) + "\n");
        return Exit.FINDINGS.code();
    }
}
