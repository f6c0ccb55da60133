package dev.blast.environment.install;

import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.environment.interpreter.Scheme;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes wheels the whole way from file to staging, as a sync with the shipped rules does, and says
 * in one sentence what stopped the last of them.
 */
final class Reception {
    static final String TAKEN = "taken";
    static final Scheme SCHEME = SampleInterpreter.of("3.11.7").venvScheme();

    private final Path folder;
    private final Store store;
    private final List<InstallPlan> plans = new ArrayList<>();

    Reception(Path folder) {
        this.folder = folder;
        this.store = new Store(folder.resolve("store"));
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
                    new InstallPlanner(SampleInterpreter.of("3.11.7"), folder.resolve(".venv"))
                            .plan(store.add(file), false, null);
        } catch (RefusedWheelException e) {
            return String.valueOf(e.getMessage());
        }
        plans.add(plan);
        for (StartupHookFile hook :
                new StartupHooks(plans, SCHEME, folder.resolve(".venv")).of(plan)) {
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

    /** Every file that is neither a wheel that came nor in the store. */
    List<Path> outside() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("store")))
                    .filter(file -> !file.toString().endsWith(".whl"))
                    .toList();
        }
    }
}
