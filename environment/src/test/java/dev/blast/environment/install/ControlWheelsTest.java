package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.packaging.archive.ArchiveMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wheels that look odd and are right: they are taken, and lie where pip puts them. */
class ControlWheelsTest {
    @TempDir Path folder;

    static final String NAMESPACE =
            "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = os.path.join(sys._getframe(1).f_locals['sitedir'], *%2$s);importlib = has_mfs and __import__('importlib.util');has_mfs and __import__('importlib.machinery');m = has_mfs and sys.modules.setdefault('%1$s', importlib.util.module_from_spec(importlib.machinery.PathFinder.find_spec('%1$s', [os.path.dirname(p)])));m = m or sys.modules.setdefault('%1$s', types.ModuleType('%1$s'));mp = (m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)%3$s\n";

    static Stream<Arguments> odd() {
        return Stream.of(
                odd("nothing but metadata", w -> {}),
                odd(
                        "names that differ in case",
                        w -> w.file("%s/Mod.py", "1").file("%s/mod.py", "2")),
                odd(
                        "folders that differ in case",
                        w -> w.file("%s/A/x.py", "1").file("%s/a/x.py", "2")),
                odd(
                        "names that differ in composition",
                        w -> w.file("%s/\u00e9.txt", "1").file("%s/e\u0301.txt", "2")),
                odd("a name beyond ASCII", w -> w.file("%s/\u65e5\u672c.py", "")),
                odd("a name with blanks", w -> w.file("%s/a b  c.txt", "")),
                odd("a name with a comma and a quote", w -> w.quoted("%s/a,b\"c.txt", "x")),
                odd("a name with shell signs", w -> w.file("%s/$(x);'&.txt", "")),
                odd(
                        "a name that begins with dots",
                        w -> w.file("%s/...x", "").file("%s/.hidden", "")),
                odd(
                        "files of git that are no repository",
                        w ->
                                w.file("%s/.gitignore", "")
                                        .file("%s/.github/x.yml", "")
                                        .file("%s/git/x", "")),
                odd("a name of 255 bytes", w -> w.file("%s/" + "x".repeat(255), "")),
                odd("a deep path", w -> w.file("%s/" + "d/".repeat(60) + "x.py", "")),
                odd("an empty file", w -> w.file("%s/__init__.py", "")),
                odd("a file of zeros", w -> w.file("%s/zeros", "\0".repeat(100_000))),
                odd("folders as entries", w -> w.folder("%s/").folder("%s/empty/")),
                odd(
                        "a vendored distribution",
                        w ->
                                w.file("%s/_vendor/six-1.0.dist-info/METADATA", "x")
                                        .file("%s/_vendor/x.egg-info/PKG-INFO", "x")),
                odd("an inner .pth file", w -> w.file("%s/x.pth", "import os\n")),
                odd("an inner sitecustomize", w -> w.file("%s/bootstrap/sitecustomize.py", "")),
                odd("an inner pyvenv.cfg", w -> w.file("%s/templates/pyvenv.cfg", "")),
                odd("an inner bin/python", w -> w.file("%s/bin/python", "#!/bin/sh\n")),
                odd(
                        "a module named like a folder of the frame",
                        w ->
                                w.file("%s_lib.py", "")
                                        .file("%s/lib64/x.py", "")
                                        .file("%s/pip.conf", "")),
                odd(
                        "a program like an interpreter's name",
                        w ->
                                w.data("scripts/python-%s", "#!python\n")
                                        .data("scripts/activate-%s", "#!/bin/sh\n")),
                odd("a script for python", w -> w.data("scripts/%s-tool", "#!python\nprint()\n")),
                odd("a script for pythonw", w -> w.data("scripts/%s-w", "#!pythonw\nprint()\n")),
                odd("a script for the shell", w -> w.data("scripts/%s.sh", "#!/bin/sh\n")),
                odd("a manual page", w -> w.data("data/share/man/man1/%s.1", "x")),
                odd("a manual page at the top", w -> w.data("data/man/man1/%s.1", "x")),
                odd("settings", w -> w.data("data/etc/%s/settings.ini", "x")),
                odd("a shared library", w -> w.data("data/lib/lib%s.so", "x")),
                odd("a pkg-config file", w -> w.data("data/lib/pkgconfig/%s.pc", "x")),
                odd("headers in include", w -> w.data("data/include/%s/x.h", "x")),
                odd("headers by scheme", w -> w.data("headers/x.h", "x")),
                odd("a program as data", w -> w.data("data/bin/%s-data", "#!/bin/sh\n")),
                odd(
                        "both libraries",
                        w -> w.data("purelib/%s/pure.py", "").data("platlib/%s/native.py", "")),
                odd("a package through data", w -> w.data("data/share/jupyter/%s/x.json", "{}")),
                odd(
                        "commands",
                        w ->
                                w.entryPoints(
                                        "[console_scripts]\n%1$s-a = %1$s:main\n%1$s.b_c = %1$s.x:A.b\n[gui_scripts]\n%1$s-g = %1$s:main [extra]\n")),
                odd(
                        "a command for both groups",
                        w ->
                                w.entryPoints(
                                        "[console_scripts]\n%1$s = %1$s:main\n[gui_scripts]\n%1$s = %1$s:main\n")),
                odd(
                        "entry points of other groups",
                        w ->
                                w.entryPoints(
                                        "; comment\n[any group]\na b; c = %1$s\nclass = %1$s:def\n")),
                odd(
                        "metadata with carriage returns",
                        w ->
                                w.metadata(
                                        "Metadata-Version: 2.1\r\nName: %s\r\nVersion: 1.0\r\nSummary: x\r\n\r\nbody\r\nName: other\r\n")),
                odd(
                        "metadata in another order",
                        w -> w.metadata("Version: 1.0\nName: %s\nMetadata-Version: 2.1\n")),
                odd(
                        "metadata in other case",
                        w -> w.metadata("METADATA-VERSION: 2.1\nname: %s\nversion: 1.0\n")),
                odd(
                        "a version in another spelling",
                        w -> w.metadata("Metadata-Version: 2.1\nName: %s\nVersion: v1.0.0\n")),
                odd(
                        "a licence with page breaks",
                        w ->
                                w.metadata(
                                        "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\nLicense: GPL\n        \f\n        END OF TERMS: x\n")),
                odd(
                        "fields nobody knows",
                        w ->
                                w.metadata(
                                        "Metadata-Version: 2.9\nName: %s\nVersion: 1.0\nX-Thing: a\nX-Thing: b\n")),
                odd(
                        "a body that looks like fields",
                        w ->
                                w.metadata(
                                        "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n\nName: other\nVersion: 2\n\fRequires-Dist: x\n")),
                odd(
                        "a folded summary",
                        w ->
                                w.metadata(
                                        "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\nSummary: one\n two\n")),
                odd(
                        "names beyond ASCII in metadata",
                        w ->
                                w.metadata(
                                        "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\nAuthor: J\u00fcrgen \u738b\n")),
                odd(
                        "a format of the same major version",
                        w ->
                                w.wheel(
                                        "Wheel-Version: 1.9\nRoot-Is-Purelib: false\nTag: py3-none-any\n")),
                odd(
                        "a wheel file with carriage returns",
                        w ->
                                w.wheel(
                                        "Wheel-Version: 1.0\r\nRoot-Is-Purelib: TRUE\r\nTag: py3-none-any\r\nTag: py2-none-any\r\n")),
                odd(
                        "licences in dist-info",
                        w ->
                                w.file("%1$s-1.0.dist-info/licenses/LICENSE", "x")
                                        .file("%1$s-1.0.dist-info/sboms/x.json", "{}")),
                odd(
                        "a path file of its own folder",
                        w -> w.file("%s/sub/x.py", "").file("%s.pth", "%s/sub\n")),
                odd(
                        "a path file with a comment",
                        w ->
                                w.file("%s/sub/x.py", "")
                                        .file("%s.pth", "# import this\r\n\r\n%s/sub\r\n")),
                odd("an empty path file", w -> w.file("%s.pth", "\n")),
                odd(
                        "an old namespace",
                        w ->
                                w.file("%s-nspkg.pth", NAMESPACE.formatted("%1$s", "('%1$s',)", ""))
                                        .file("%s/x.py", "")),
                odd(
                        "an old namespace in another",
                        w ->
                                w.file(
                                                "%s-nspkg.pth",
                                                NAMESPACE.formatted("%1$s", "('%1$s',)", "")
                                                        + NAMESPACE.formatted(
                                                                "%1$s.sub",
                                                                "('%1$s', 'sub')",
                                                                ";m and setattr(sys.modules['%1$s'], 'sub', m)"))
                                        .file("%s/sub/x.py", "")),
                lie(
                        "a comment",
                        w -> w.zip.comment = "built here".getBytes(StandardCharsets.UTF_8)),
                lie("a long comment", w -> w.zip.comment = new byte[60_000]),
                lie("ZIP64 records", w -> w.zip.zip64 = true),
                lie("sizes in ZIP64 fields", w -> w.zip.entries.forEach(e -> e.zip64Sizes = true)),
                lie(
                        "sizes in ZIP64 fields too",
                        w -> w.zip.entries.forEach(e -> e.zip64Repeated = true)),
                lie("data descriptors", w -> w.zip.entries.forEach(e -> e.descriptor = true)),
                lie(
                        "stored entries",
                        w -> w.zip.entries.forEach(e -> e.method = ArchiveMember.STORED)),
                lie("entries without a mode", w -> w.zip.entries.forEach(e -> e.mode = 0)),
                lie(
                        "names without the mark of UTF-8",
                        w -> w.zip.entries.forEach(e -> e.flags = 0)),
                lie(
                        "an unknown extra field",
                        w ->
                                w.zip.entries.forEach(
                                        e -> e.centralExtra = new byte[] {0x55, 0x54, 1, 0, 0})),
                lie("RECORD first", w -> w.zip.entries.addFirst(w.zip.entries.removeLast())),
                lie("a signature of RECORD", w -> w.zip.add(w.distInfo() + "/RECORD.jws", "{}")));
    }

    private static Arguments odd(String what, Consumer<Named> content) {
        return arguments(what, content, (Consumer<WheelBuilder>) _ -> {});
    }

    private static Arguments lie(String what, Consumer<WheelBuilder> container) {
        return arguments(
                what, (Consumer<Named>) w -> w.file("%s/__init__.py", "x = 1\n"), container);
    }

    /** A wheel in which each {@code %s} is its name. */
    record Named(WheelBuilder wheel) {
        Named file(String path, String content) {
            wheel.file(filled(path), filled(content));
            return this;
        }

        Named data(String path, String content) {
            return file(wheel.name + "-1.0.data/" + path, content);
        }

        void quoted(String path, String content) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            wheel.zip.add(filled(path), bytes);
            wheel.record(
                    "\"%s\",%s,%d"
                            .formatted(
                                    filled(path).replace("\"", "\"\""),
                                    RecordHash.of(bytes),
                                    bytes.length));
        }

        Named folder(String path) {
            wheel.zip.add(filled(path), "").mode = 0040755;
            return this;
        }

        void entryPoints(String text) {
            wheel.file(filled("%s/__init__.py"), "def main(): pass\n").entryPoints(filled(text));
        }

        void metadata(String text) {
            wheel.metadata(filled(text));
        }

        void wheel(String text) {
            wheel.wheel(text);
        }

        private String filled(String text) {
            return text.contains("%") ? text.formatted(wheel.name) : text;
        }
    }

    @SuppressWarnings("unchecked")
    private static Path write(Arguments odd, int number, Path folder) throws IOException {
        var wheel = new WheelBuilder("control%d".formatted(number), "1.0");
        ((Consumer<Named>) odd.get()[1]).accept(new Named(wheel));
        return wheel.write(folder, (Consumer<WheelBuilder>) odd.get()[2]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void isTaken(String what, Consumer<Named> content, Consumer<WheelBuilder> container)
            throws IOException {
        var wheel = new WheelBuilder("demo", "1.0");
        content.accept(new Named(wheel));
        var reception = new Reception(folder);
        assertThat(reception.of(wheel, container)).isEqualTo(Reception.TAKEN);
        Path staging = Files.createDirectory(folder.resolve("staging"));
        Laying.stage(List.of(reception.last()), staging, reception.store());
    }

    /** All of them in one environment, file by file beside what pip makes of them. */
    @Test
    void liesWherePipPutsIt() throws Exception {
        Interpreter interpreter = SampleInterpreter.real(folder.resolve("probes"));
        Path wheels = Files.createDirectory(folder.resolve("wheels"));
        Path ours = Files.createDirectory(folder.resolve("ours"));
        Path theirs = folder.resolve("theirs");
        var store = new Store(folder.resolve("store"));
        List<InstallPlan> plans = new ArrayList<>();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                theirs.resolve("bin/python").toString(),
                                "-m",
                                "pip",
                                "install",
                                "--quiet",
                                "--no-deps",
                                "--no-index",
                                "--no-compile",
                                "--disable-pip-version-check"));
        int number = 0;
        for (Arguments odd : odd().toList()) {
            Path wheel = write(odd, ++number, wheels);
            plans.add(new InstallPlanner(interpreter, theirs).plan(store.add(wheel), true, null));
            command.add(wheel.toString());
        }
        assumeTrue(
                run(List.of(interpreter.executable().toString(), "-m", "venv", theirs.toString()))
                        .isEmpty(),
                "no venv with pip can be made by " + interpreter.executable());
        Map<String, String> before = tree(theirs);
        assertThat(run(command)).as("pip's word").isEmpty();
        Map<String, String> pips = tree(theirs);
        before.keySet().forEach(pips::remove);
        Laying.stage(plans, ours, store);
        Map<String, String> blasts = tree(ours);
        assertThat(blasts.keySet()).containsExactlyInAnyOrderElementsOf(pips.keySet());
        blasts.keySet()
                .removeIf(path ->
                        path.startsWith("bin/")
                                || path.endsWith("/RECORD")
                                || path.endsWith("/INSTALLER"));
        pips.keySet().retainAll(blasts.keySet());
        assertThat(blasts).isEqualTo(pips);
        System.out.printf("%d controls, %d files: as pip installs them%n", number, blasts.size());
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? "" : said + " ";
    }

    /**
     * What lies there, by path; direct_url.json apart, which says only where a wheel lay, and
     * signatures of a RECORD that is not the one that is installed.
     */
    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString();
                if (!path.endsWith("/direct_url.json")
                        && !path.endsWith("/RECORD.jws")
                        && !path.contains("__pycache__")) {
                    tree.put(path, RecordHash.of(Files.readAllBytes(file)));
                }
            }
        }
        return tree;
    }

    /** Two projects that may have files in one place, in either order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ns/one.py           | a | ns/two.py            | b
                    ns/sub/one.py       | a | ns/other/two.py      | b
                    ns/__init__.py      |   | ns/__init__.py       |
                    shared/mod.py       | a | shared/mod.py        | a
                    tests/__init__.py   | a | tests/__init__.py    | a
                    foo.py              | a | foo_bar.py           | b
                    foo/__init__.py     | a | Foo/__init__.py      | b
                    foo/__init__.py     | a | foo-stubs/x.pyi      | b
                    foo.py              | a | foo.pyi              | b
                    one-1.0.data/data/share/x/a | a | two-1.0.data/data/share/x/b | b
                    one-1.0.data/data/etc/x/a   | a | two-1.0.data/data/share/x/a | b
                    one-1.0.data/headers/x.h    | a | two-1.0.data/headers/x.h    | b
                    ns/__init__.py | __path__ = __import__('pkgutil').extend_path(__path__, __name__) | ns/two.py | b
                    ns/__init__.py | __import__('pkg_resources').declare_namespace(__name__)          | ns/two.py | b
                    """)
    void besideAnother(String one, String first, String two, String second) throws IOException {
        String a = first == null ? "" : first;
        String b = second == null ? "" : second;
        var reception = new Reception(folder);
        reception.of(new WheelBuilder("one", "1.0").file(one, a));
        assertThat(reception.of(new WheelBuilder("two", "1.0").file(two, b)))
                .isEqualTo(Reception.TAKEN);
        var reversed = new Reception(folder);
        reversed.of(new WheelBuilder("two", "1.0").file(two, b));
        assertThat(reversed.of(new WheelBuilder("one", "1.0").file(one, a)))
                .isEqualTo(Reception.TAKEN);
    }
}
