package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.environment.interpreter.Scheme;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes wheels the whole way from file to staging, as a sync with the shipped rules does, and says
 * in one sentence what stopped the last of them.
 */
final class Reception {
    static final String TAKEN = "taken";
    private static final String LIBRARY = "python";
    static final Scheme SCHEME = SampleInterpreter.of("3.11.7").venvScheme();

    private final Path folder;
    private final Interpreter interpreter;
    private final Store store;
    private final List<InstallPlan> plans = new ArrayList<>();

    Reception(Path folder) throws IOException {
        this.folder = folder;
        this.interpreter = SampleInterpreter.of("3.11.7", library(folder.resolve(LIBRARY)));
        this.store = new Store(folder.resolve("store"));
    }

    /** A package, a module, an extension module, and a sitecustomize like those of some systems. */
    private static Path library(Path library) throws IOException {
        Files.createDirectories(library.resolve("json"));
        Files.createDirectories(library.resolve("lib-dynload"));
        Files.writeString(library.resolve("argparse.py"), "");
        Files.writeString(library.resolve("lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so"), "");
        Files.writeString(
                library.resolve("sitecustomize.py"),
                """
                import argparse
                try:
                    import crash_reporter, json
                    from other_reporter.hooks import install
                except ImportError:
                    pass
                """);
        return library;
    }

    String of(WheelBuilder wheel) throws IOException {
        return of(wheel, _ -> {});
    }

    /** The wheel is known beside all that came before. */
    String of(WheelBuilder wheel, Consumer<WheelBuilder> lie) throws IOException {
        return of(wheel.write(Files.createTempDirectory(folder, "came"), lie));
    }

    private String of(Path file) throws IOException {
        InstallPlan plan;
        try {
            plan =
                    new InstallPlanner(interpreter, folder.resolve(".venv"))
                            .plan(store.add(file), false, null);
        } catch (RefusedWheelException e) {
            return String.valueOf(e.getMessage());
        }
        plans.add(plan);
        for (StartupHookFile hook :
                new StartupHooks(plans, interpreter, folder.resolve(".venv"), Map.of()).of(plan)) {
            if (hook.executes() && !hook.known()) {
                return "%s of %s runs at every start".formatted(hook.file(), plan.name());
            }
        }
        var ownership = new Ownership(SCHEME, folder.resolve(".venv"));
        plans.forEach(ownership::comes);
        for (Trespass trespass : ownership.by(plan)) {
            return "%s %s".formatted(plan.name(), trespass);
        }
        return TAKEN;
    }

    Store store() {
        return store;
    }

    InstallPlan last() {
        return plans.getLast();
    }

    /** Every file that is neither a wheel that came nor in the store nor Python's own. */
    List<Path> outside() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("store")))
                    .filter(file -> !file.startsWith(folder.resolve(LIBRARY)))
                    .filter(file -> !file.toString().endsWith(".whl"))
                    .toList();
        }
    }
}
