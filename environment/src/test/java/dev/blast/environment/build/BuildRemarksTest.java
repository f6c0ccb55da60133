package dev.blast.environment.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What logs of real builds come to; lines stand apart by {@code ⏎}. */
final class BuildRemarksTest {
    private static final String TRACEBACK =
            "Traceback (most recent call last):⏎  File \"hook.py\", line 40, in <module>⏎    main()⏎    ^^^^^^⏎";

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            textBlock =
                    """
                    # the exception, with what it goes on to say
                    «Exception: Can not find valid pkg-config name.⏎Specify MYSQLCLIENT_CFLAGS and MYSQLCLIENT_LDFLAGS env vars manually → Exception: Can not find valid pkg-config name. Specify MYSQLCLIENT_CFLAGS and MYSQLCLIENT_LDFLAGS env vars manually
                    «FileNotFoundError: [Errno 2] No such file or directory: 'dot'⏎⏎The above exception was the direct cause of the following exception:⏎⏎«FileNotFoundError: ⏎⏎Could not find `dot` executable!⏎Graphviz must be installed to build pygraphviz from source.⏎⏎ → FileNotFoundError: Could not find `dot` executable! Graphviz must be installed to build pygraphviz from source.
                    «KeyError⏎                                                       → KeyError
                    «own.errors.Late: too late                                       → own.errors.Late: too late
                    «ValueError: handled⏎going on⏎«RuntimeError: numpy is too old     → RuntimeError: numpy is too old
                    # what another program said, where the exception is only that it failed
                    running build_ext⏎building '_ldap' extension⏎gcc -c x.c⏎Modules/common.h:15:10: fatal error: lber.h: No such file or directory⏎   15 | #include <lber.h>⏎compilation terminated.⏎error: Command '['gcc', '-DX']' returned non-zero exit status 1. → it needs the header lber.h, which is not here
                    x.c:3:5: warning: unused⏎x.c:9:2: error: unknown type name 'foo'⏎x.c:10:2: error: second⏎«distutils.errors.CompileError: command '/usr/bin/gcc' failed with exit code 1 → x.c:9:2: error: unknown type name 'foo'
                    _configtest.c:1:10: fatal error: optional.h: No such file or directory⏎building 'a' extension⏎a.c:1:1: error: expected ';'⏎error: command 'gcc' failed with exit code 1 → a.c:1:1: error: expected ';'
                    building 'a' extension⏎a.c:1:1: error: ignored⏎building 'b' extension⏎b.c:2:2: error: meant⏎error: command 'cc' failed with exit code 1 → b.c:2:2: error: meant
                    «ImportError: inner⏎«subprocess.CalledProcessError: Command 'gen.py' returned non-zero exit status 1. → ImportError: inner
                    Run-time dependency cairo found: NO⏎⏎../cairo/meson.build:31:12: ERROR: Dependency "cairo" not found (tried pkg-config and cmake)⏎⏎A full log can be found at /tmp/meson-log.txt → it needs the library cairo, which is not here
                    dbus-gmain| Found CMake: /usr/bin/cmake⏎../subprojects/dbus-gmain/meson.build:107:11: ERROR: Dependency "dbus-1" not found (tried pkg-config)⏎ → it needs the library dbus-1, which is not here
                    ../meson.build:4:0: ERROR: Program 'f2py' not found or not executable → it needs the program f2py, which is not here
                    CMake Error at CMakeLists.txt:12 (find_package):⏎  By not providing "FindQt5.cmake" this project has asked CMake to find a package⏎  configuration file provided by "Qt5", but CMake did not find one.⏎⏎-- Configuring incomplete, errors occurred!⏎«CalledProcessError: Command '['cmake']' returned non-zero exit status 1. → it needs the library Qt5, which is not here
                    /usr/bin/ld: cannot find -lpq: No such file or directory⏎collect2: error: ld returned 1 exit status⏎error: command 'gcc' failed with exit code 1 → it needs the library pq, which is not here
                    x.o: in function `f':⏎x.c:(.text+0x5): undefined reference to `g'⏎collect2: error: ld returned 1 exit status → x.c:(.text+0x5): undefined reference to `g'
                    error[E0432]: unresolved import `foo`⏎error: aborting due to previous error⏎error: could not compile `x` (lib) → error[E0432]: unresolved import `foo`
                    Error compiling Cython file:⏎------⏎x.pyx:3:1: undeclared name not builtin: unicode⏎«Cython.Compiler.Errors.CompileError: compile failed → x.pyx:3:1: undeclared name not builtin: unicode
                    configure: error: C compiler cannot create executables⏎See `config.log' for more details⏎«subprocess.CalledProcessError: Command './configure' returned non-zero exit status 77. → configure: error: C compiler cannot create executables
                    # what is lacking
                    running egg_info⏎⏎Error: pg_config executable not found.⏎⏎pg_config is required to build psycopg2 from source.⏎For further information please check the 'doc/src/install.rst' file. → it needs the program pg_config, which is not here
                    error: [Errno 2] No such file or directory: 'swig'               → it needs swig, which is not here
                    «FileNotFoundError: [Errno 2] No such file or directory: 'requirements.txt' → it needs requirements.txt, which is not here
                    error: command 'gcc' failed: No such file or directory           → it needs the compiler gcc, which is not here
                    error: linker `cc` not found                                     → it needs the compiler cc, which is not here
                    /bin/sh: 1: mysql_config: not found⏎⏎«OSError: mysql_config failed → OSError: mysql_config failed
                    /bin/sh: 1: autoreconf: not found⏎«subprocess.CalledProcessError: Command 'autoreconf' returned non-zero exit status 127. → it needs the program autoreconf, which is not here
                    «ModuleNotFoundError: No module named 'numpy'                    → it needs the module numpy, which is not among its build requirements
                    «urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution> → it asks for something from the network, which a build does not have
                    Package libffi was not found in the pkg-config search path.⏎«Exception: No package 'libffi' found → it needs the library libffi, which is not here
                    error in x setup command: use_2to3 is invalid.                   → it was written for Python 2
                    # where nothing is known the last line that says something
                    one⏎two⏎⏎                                                        → two
                    one⏎note: This error originates from a subprocess.               → one
                    ␛[31mx.c:1:1: error: red␛[0m⏎done                       → x.c:1:1: error: red
                    """)
    void theCauseOfAFailure(String log, String cause) {
        assertThat(of(log).cause()).isEqualTo(cause);
    }

    private static BuildRemarks of(String log) {
        return BuildRemarks.of(
                log.replace("«", TRACEBACK).replace("⏎", "\n").replace("␛", "\u001b"));
    }

    @Test
    void whatItMeansIsSaidOfTheCauseAlone() {
        assertThat(
                        of("a.c:1:1: fatal error: a.h: No such file or directory⏎«ValueError: x")
                                .remarks())
                .isEmpty();
        assertThat(of("urlopen error⏎«ValueError: x").remarks())
                .containsExactly(
                        "a build has no network: what it fetches has to be there beforehand, or be among its build requirements");
        assertThat(of("a.c:1:1: fatal error: a.h: No such file or directory").remarks())
                .containsExactly(
                        "the package of your system that holds it (often named -dev or -devel) has to be installed");
    }

    @Test
    void whatAStrangerSaysIsVisibleAndShort() {
        assertThat(of("").cause()).isEmpty();
        assertThat(of("«").cause()).isEqualTo("^^^^^^");
        assertThat(of("«E: \u0007 \u202e").cause()).isEqualTo("E: \\u0007 \\u202e");
        assertThat(of("«E: " + "x".repeat(100_000)).cause()).hasSize(241);
        assertThat(of("error: " + "a: 1:".repeat(13_000)).cause()).hasSize(241);
        assertThat(of((":1:1: " + "fatal ".repeat(300) + "\n").repeat(30)).cause()).hasSize(241);
        assertThat(of("/" + "a/".repeat(900) + "sh: 1: ").cause()).hasSize(241);
    }
}
