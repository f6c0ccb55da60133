package dev.blast.environment.interpreter;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Interpreters for tests: one that exists only on paper, and the one of this machine. */
public final class SampleInterpreter {
    private SampleInterpreter() {}

    /** What a CPython on an ordinary Linux says. */
    public static String answer(String version) {
        String minor = version.substring(0, version.indexOf('.', 2));
        return """
        {"schema": 1, "executable": "/opt/python/bin/python3", "implementation": "cpython", "version": "%1$s",
         "freeThreaded": false, "debug": false, "architecture": "x86_64",
         "libc": {"family": "glibc", "major": 2, "minor": 36},
         "scheme": {"purelib": "lib/python%2$s/site-packages", "platlib": "lib64/python%2$s/site-packages", "scripts": "bin"},
         "basePrefix": "/opt/python", "stdlib": "/opt/python/lib/python%2$s", "externallyManaged": null,
         "bundled": ["/opt/b/pip-9.0-py3-none-any.whl", "/opt/b/pip-23.2-py3-none-any.whl", "/opt/b/setuptools-65.5.0-py3-none-any.whl"],
         "markers": {"python_version": "%2$s", "python_full_version": "%1$s", "sys_platform": "linux"}}
        """
                .formatted(version, minor);
    }

    public static Interpreter of(String version) {
        try {
            return Probe.read(Path.of("/opt/python/bin/python3"), answer(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a standard library that is there. */
    public static Interpreter of(String version, Path standardLibrary) {
        Interpreter paper = of(version);
        return new Interpreter(
                paper.executable(),
                paper.implementation(),
                paper.version(),
                paper.freeThreaded(),
                paper.markers(),
                paper.tags(),
                paper.venvScheme(),
                paper.basePrefix(),
                standardLibrary,
                paper.externallyManagedMessage(),
                paper.bundledWheels());
    }

    /** An interpreter of this machine; where there is none, the test is skipped and says so. */
    public static Interpreter real(Path cache) {
        var interpreters =
                new Interpreters(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        cache,
                        java.util.List::of);
        return switch (interpreters.find(InterpreterRequest.parse(">=3.9"))) {
            case InterpreterSearch.Found found -> found.interpreter();
            case InterpreterSearch.NotFound none -> abort(none.message().text());
        };
    }
}
