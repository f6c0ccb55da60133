package dev.blast.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small checkout with the real scripts, a Maven that builds in no time and a JDK that only says
 * how it was started.
 *
 * <p>The Maven notes each build in {@code builds}, fails where a source says {@code broken}, and
 * while the file {@code hold} exists it waits after it has made {@code held}. The JDK is slow to
 * train while {@code hold-training} exists, and fails to where {@code no-training} does.
 */
record Checkout(Path scratch, Path root, Shell shell) {
    private static final Path REAL = Path.of(System.getProperty("blast.root"));

    private static final String MAVEN =
            """
            #!/bin/sh
            for argument in "$@"; do [ "$argument" = verify ] && { cat "$SCRATCH/log"; exit "$(cat "$SCRATCH/status")"; }; done
            echo build >>"$SCRATCH/builds"
            echo '[INFO] Building Blast packaging 0.1.0                  [2/8]'
            touch "$SCRATCH/held"
            while [ -e "$SCRATCH/hold" ]; do sleep 0.05; done
            if grep -q broken cli/src/main/Main.java; then
                echo "[ERROR] $PWD/cli/src/main/Main.java:[1,1] broken -> [Help 1]"
                echo '[ERROR] '
                echo '[ERROR] Re-run Maven using the -X switch to enable full debug logging.'
                exit 1
            fi
            mkdir -p cli/target/dist/bin cli/target/dist/lib cli/target/dist/native
            cp -R launcher policies cli/target/dist/
            cp launcher/blast cli/target/dist/bin/
            cp cli/src/main/*.java cli/target/dist/lib/
            touch cli/target/dist/lib/cli.jar
            """;

    private static final String JAVA =
            """
            #!/bin/sh
            echo "LC_ALL=${LC_ALL-} $*" >>"$SCRATCH/started"
            for argument in "$@"; do
                case "$argument" in
                -XX:AOTCacheOutput=*)
                    echo train >>"$SCRATCH/trainings"
                    while [ -e "$SCRATCH/hold-training" ]; do sleep 0.05; done
                    [ ! -e "$SCRATCH/no-training" ] || exit 1
                    echo cache >"${argument#*=}"
                    exit 0 ;;
                -XX:AOTCache=*) cache=', from a cache' ;;
                -Dblast.home=*) home=${argument#*=} ;;
                esac
            done
            echo "$(cat "$home/lib/Main.java")$cache"
            """;

    /** In {@code scratch}, whose name holds a space, like that of the checkout. */
    static Checkout in(Path folder) throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("some where"));
        Path root = Files.createDirectories(scratch.resolve("check out"));
        for (String script : List.of("blast", "install", "verify")) {
            Shell.script(root.resolve(script), Files.readString(REAL.resolve(script)));
        }
        try (Stream<Path> launcher = Files.list(REAL.resolve("launcher"))) {
            for (Path script : launcher.toList()) {
                Shell.script(
                        root.resolve("launcher").resolve(script.getFileName()),
                        Files.readString(script));
            }
        }
        Files.createDirectories(root.resolve("cli/src/main"));
        Files.writeString(
                Files.createDirectories(root.resolve("policies")).resolve("shipped.drl"), "");
        Files.writeString(Files.createDirectories(root.resolve(".mvn")).resolve("jvm.config"), "");
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(root.resolve("cli/src/main/Main.java"), "Blast one");
        Shell.script(scratch.resolve("tools/mvn"), MAVEN);
        Path jdk = jdk(scratch.resolve("jdk 25"), "25.0.3");
        var environment = new HashMap<String, String>();
        environment.put("PATH", scratch.resolve("tools") + ":/usr/bin:/bin");
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("HOME", Files.createDirectories(scratch.resolve("home")).toString());
        environment.put("SCRATCH", scratch.toString());
        return new Checkout(scratch, root, new Shell(scratch, environment));
    }

    /** A JDK at {@code home} as the scripts see one. */
    static Path jdk(Path home, String version) throws IOException {
        Shell.script(home.resolve("bin/java"), JAVA);
        Shell.script(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/modules"), version);
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Example\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    Shell.Ended blast() throws IOException, InterruptedException {
        return shell.run(root.resolve("blast").toString());
    }

    /** Waits until nothing runs any more that was started from this checkout. */
    void awaitProcesses() throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; ) {
            List<String> left =
                    ProcessHandle.allProcesses()
                            .flatMap(process -> process.info().commandLine().stream())
                            .filter(line -> line.contains(root.toString()))
                            .toList();
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still running: " + left);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    Path main() {
        return root.resolve("cli/src/main/Main.java");
    }

    Path builds() {
        return root.resolve("target/dist");
    }

    /** How the JDK was started last. */
    String started() throws IOException {
        return Files.readAllLines(scratch.resolve("started")).getLast();
    }

    /** How often the file of that name in the scratch folder was written to. */
    long count(String name) throws IOException {
        Path file = scratch.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
