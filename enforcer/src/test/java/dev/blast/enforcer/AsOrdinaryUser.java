package dev.blast.enforcer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes again in a JVM of user 65534, who has no privileges. Needs root, and setpriv of
 * util-linux.
 */
final class AsOrdinaryUser {
    private static final String USER = "65534";

    private AsOrdinaryUser() {}

    /** What the run printed when it ended, with exit code 0 only where every test passed. */
    record Run(int exitCode, String output) {}

    /**
     * @param folder is made readable for everybody, and gets copies of the class path, which may be
     *     in root's home
     */
    static Run tests(Path folder, Class<?>... classes) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (Class<?> test : classes) {
            arguments.add(test.getName());
        }
        return java(folder, AsOrdinaryUser.class, arguments);
    }

    static Run java(Path folder, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        return run(folder, command(folder, main, arguments));
    }

    static Run run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .directory(folder.toFile())
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    /** The command that runs a main class of the tests as that user. */
    static List<String> command(Path folder, Class<?> main, List<String> arguments)
            throws IOException {
        open(folder);
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path copy = folder.resolve(classPath.size() + "-" + Path.of(entry).getFileName());
            copy(Path.of(entry), copy);
            classPath.add(copy.toString());
        }
        List<String> command =
                new ArrayList<>(
                        Arrays.asList(
                                "setpriv",
                                "--reuid=" + USER,
                                "--regid=" + USER,
                                "--clear-groups",
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + scratch,
                                "-Djna.tmpdir=" + scratch,
                                "-cp",
                                String.join(":", classPath),
                                main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static void open(Path folder) throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path opened = temporary;
        for (Path name : temporary.relativize(folder)) {
            opened = opened.resolve(name);
            Files.setPosixFilePermissions(opened, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    public static void main(String[] classes) throws ClassNotFoundException {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : classes) {
            request.selectors(DiscoverySelectors.selectClass(Class.forName(name)));
        }
        LauncherDiscoveryRequest built = request.build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(built, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 6);
        System.out.printf(
                "%d passed, %d failed, %d skipped%n",
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount(),
                summary.getTestsSkippedCount());
        System.exit(
                summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0
                        ? 0
                        : 1);
    }
}
