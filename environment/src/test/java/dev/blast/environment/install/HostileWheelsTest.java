package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wheels with one hostile idea each, and the sentence that each is refused with; nothing of them
 * comes to lie anywhere. Lies of the container are in {@link RefusalTest}.
 */
class HostileWheelsTest {
    private static final AtomicInteger REFUSED = new AtomicInteger();

    @TempDir Path folder;

    @AfterAll
    static void count() {
        System.out.printf("%d hostile wheels: each refused by name%n", REFUSED.get());
    }

    private static WheelBuilder bare() {
        return new WheelBuilder("demo", "1.0");
    }

    private void refused(String sentence, String answer) throws IOException {
        assertThat(answer).isNotEqualTo(Reception.TAKEN).contains(sentence);
        assertThat(new Reception(folder).outside()).isEmpty();
        REFUSED.incrementAndGet();
    }

    private static String unescaped(String text) {
        return text.translateEscapes()
                .replace("<LS>", "\u2028")
                .replace("<PS>", "\u2029")
                .replace("<BOM>", "\uFEFF")
                .replace("<NBSP>", "\u00a0")
                .replace("<FIGURE>", "\u2007")
                .replace("<NNBSP>", "\u202f")
                .replace("<WIDE>", "\u3000")
                .replace("<K>", "\u212A");
    }

    /** A file of that name, with its line in RECORD. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    demo-1.0.data/scripts/python | is a place of the environment itself
                    demo-1.0.data/scripts/python3 | is a place of the environment itself
                    demo-1.0.data/scripts/python3.11 | is a place of the environment itself
                    demo-1.0.data/scripts/python3.13t | is a place of the environment itself
                    demo-1.0.data/scripts/Python | is a place of the environment itself
                    demo-1.0.data/scripts/PYTHON3.11 | is a place of the environment itself
                    demo-1.0.data/scripts/pypy | is a place of the environment itself
                    demo-1.0.data/scripts/pypy3.10 | is a place of the environment itself
                    demo-1.0.data/scripts/pythonw.exe | is a place of the environment itself
                    demo-1.0.data/scripts/python3.11d | is a place of the environment itself
                    demo-1.0.data/scripts/activate | is a place of the environment itself
                    demo-1.0.data/scripts/Activate | is a place of the environment itself
                    demo-1.0.data/scripts/activate.fish | is a place of the environment itself
                    demo-1.0.data/scripts/activate.csh | is a place of the environment itself
                    demo-1.0.data/scripts/activate.nu | is a place of the environment itself
                    demo-1.0.data/scripts/Activate.ps1 | is a place of the environment itself
                    demo-1.0.data/scripts/activate_this.py | is a place of the environment itself
                    demo-1.0.data/scripts/deactivate | is a place of the environment itself
                    demo-1.0.data/scripts/deactivate.bat | is a place of the environment itself
                    demo-1.0.data/scripts/python._pth | is a place of the environment itself
                    demo-1.0.data/scripts/python3.11._pth | is a place of the environment itself
                    demo-1.0.data/scripts/PYTHON._PTH | is a place of the environment itself
                    demo-1.0.data/scripts/pyvenv.cfg | is a place of the environment itself
                    demo-1.0.data/scripts/PyVenv.cfg | is a place of the environment itself
                    demo-1.0.data/scripts/pybuilddir.txt | is a place of the environment itself
                    demo-1.0.data/scripts/pip.conf | is a place of the environment itself
                    demo-1.0.data/scripts/.git | is a place of the environment itself
                    demo-1.0.data/scripts/.blast | is a place of the environment itself
                    demo-1.0.data/scripts/python/tool | is a place of the environment itself
                    demo-1.0.data/scripts/sub/tool | is a place of the environment itself
                    demo-1.0.data/scripts/.git/config | is a place of the environment itself
                    demo-1.0.data/scripts/python3.11/x | is a place of the environment itself
                    demo-1.0.data/data/bin | is a place of the environment itself
                    demo-1.0.data/data/lib | is a place of the environment itself
                    demo-1.0.data/data/lib64 | is a place of the environment itself
                    demo-1.0.data/data/include | is a place of the environment itself
                    demo-1.0.data/data/share | is a place of the environment itself
                    demo-1.0.data/data/etc | is a place of the environment itself
                    demo-1.0.data/data/pyvenv.cfg | is a place of the environment itself
                    demo-1.0.data/data/PYVENV.CFG | is a place of the environment itself
                    demo-1.0.data/data/pip.conf | is a place of the environment itself
                    demo-1.0.data/data/pip.ini | is a place of the environment itself
                    demo-1.0.data/data/.git | is a place of the environment itself
                    demo-1.0.data/data/.git/config | is a place of the environment itself
                    demo-1.0.data/data/.GIT/hooks/pre-commit | is a place of the environment itself
                    demo-1.0.data/data/.hg/hgrc | is a place of the environment itself
                    demo-1.0.data/data/.blast/state.db | is a place of the environment itself
                    demo-1.0.data/data/.BLAST/journal | is a place of the environment itself
                    demo-1.0.data/data/.envrc | is a place of the environment itself
                    demo-1.0.data/data/pyproject.toml | is a place of the environment itself
                    demo-1.0.data/data/sitecustomize.py | is a place of the environment itself
                    demo-1.0.data/data/LICENSE | is a place of the environment itself
                    demo-1.0.data/data/src/x.py | is a place of the environment itself
                    demo-1.0.data/data/Scripts/tool | is a place of the environment itself
                    demo-1.0.data/data/Lib/site.py | is a place of the environment itself
                    demo-1.0.data/data/BIN/tool | is a place of the environment itself
                    demo-1.0.data/data/sbin/tool | is a place of the environment itself
                    demo-1.0.data/data/usr/bin/tool | is a place of the environment itself
                    demo-1.0.data/data/var/x | is a place of the environment itself
                    demo-1.0.data/data/python._pth | is a place of the environment itself
                    demo-1.0.data/data/pybuilddir.txt | is a place of the environment itself
                    demo-1.0.data/data/lib/python3.11 | is a place of the environment itself
                    demo-1.0.data/data/lib/python3.11/os.py | is a place of the environment itself
                    demo-1.0.data/data/lib/python3.11/site-packages | is a place of the environment itself
                    demo-1.0.data/data/lib/python311.zip | is a place of the environment itself
                    demo-1.0.data/data/lib/python3.12/site-packages/x.py | is a place of the environment itself
                    demo-1.0.data/data/lib/pypy3.10/os.py | is a place of the environment itself
                    demo-1.0.data/data/lib/Python3.11/os.py | is a place of the environment itself
                    demo-1.0.data/data/lib/libpython3.11.so.1.0 | is a place of the environment itself
                    demo-1.0.data/data/lib64/python3.11/os.py | is a place of the environment itself
                    demo-1.0.data/data/lib64/libpython3.so | is a place of the environment itself
                    demo-1.0.data/data/include/python3.11/Python.h | is a place of the environment itself
                    demo-1.0.data/data/include/pypy3.10/Python.h | is a place of the environment itself
                    demo-1.0.data/data/share/x/.git/config | is a place of the environment itself
                    demo-1.0.data/data/etc/.blast/x | is a place of the environment itself
                    demo-1.0.data/data/bin/python/x | is a place of the environment itself
                    demo-1.0.data/data/bin/sub/tool | is a place of the environment itself
                    .git/config | is a place of the environment itself
                    demo/.blast/x | is a place of the environment itself
                    demo-1.0.data/headers/.git | is a place of the environment itself
                    victim-1.0.dist-info/METADATA | is the metadata of something else
                    victim-1.0.DIST-INFO/METADATA | is the metadata of something else
                    victim.egg-info/PKG-INFO | is the metadata of something else
                    forged-9.0-py3.11.egg-info | is the metadata of something else
                    forged.egg-link | is the metadata of something else
                    forged.egg/EGG-INFO/PKG-INFO | is the metadata of something else
                    FORGED.EGG-INFO | is the metadata of something else
                    demo-2.0.dist-info/METADATA | is the metadata of something else
                    demo.egg-info/PKG-INFO | is the metadata of something else
                    Demo-1.0.dist-info/METADATA | are one name where case
                    demo-1.0.data/purelib/victim-1.0.dist-info/RECORD | is the metadata of something else
                    demo-1.0.data/purelib/forged.egg-link | is the metadata of something else
                    demo-1.0.data/platlib/victim-1.0.dist-info/RECORD | is the metadata of something else
                    demo-1.0.data/platlib/forged.egg-link | is the metadata of something else
                    demo-1.0.data/data/lib/python3.11/site-packages/victim-1.0.dist-info/RECORD | is the metadata of something else
                    demo-1.0.data/data/lib/python3.11/site-packages/forged.egg-link | is the metadata of something else
                    demo-1.0.data/data/lib64/python3.11/site-packages/victim-1.0.dist-info/RECORD | is the metadata of something else
                    demo-1.0.data/data/lib64/python3.11/site-packages/forged.egg-link | is the metadata of something else
                    victim-1.0.data/purelib/x.py | is the data folder of something else
                    demo-1.0.DATA/purelib/x.py | is the data folder of something else
                    demo-1.0.data/lib/x | is not in a known part of the data folder
                    demo-1.0.data/Scripts/x | is not in a known part of the data folder
                    demo-1.0.data/scripts | is not in a known part of the data folder
                    demo-1.0.data/purelib | is not in a known part of the data folder
                    demo-1.0.data/data | is not in a known part of the data folder
                    demo-1.0.data/purelib/demo-1.0.dist-info/RECORD | by way of the data folder
                    demo-1.0.data/purelib/demo-1.0.dist-info/METADATA | by way of the data folder
                    demo-1.0.data/purelib/demo-1.0.dist-info/INSTALLER | by way of the data folder
                    demo-1.0.data/platlib/demo-1.0.dist-info/REQUESTED | by way of the data folder
                    demo-1.0.data/platlib/demo-1.0.dist-info/direct_url.json | by way of the data folder
                    demo-1.0.data/purelib/demo-1.0.dist-info/gives-way-to.txt | by way of the data folder
                    demo-1.0.data/purelib/demo-1.0.dist-info/entry_points.txt | by way of the data folder
                    demo-1.0.data/data/lib/python3.11/site-packages/demo-1.0.dist-info/RECORD | by way of the data folder
                    demo-1.0.data/data/lib64/python3.11/site-packages/demo-1.0.dist-info/x | by way of the data folder
                    demo-1.0.data/scripts/json.py | in place of Python's own module
                    demo-1.0.data/scripts/json.pyc | in place of Python's own module
                    demo-1.0.data/scripts/argparse.cpython-311-x86_64-linux-gnu.so | in place of Python's own module
                    demo-1.0.data/scripts/_ssl.py | in place of Python's own module
                    demo-1.0.data/data/bin/argparse.py | in place of Python's own module
                    demo-1.0.data/scripts/blast | is a place of the environment itself
                    demo-1.0.data/scripts/.python-version | is a place of the environment itself
                    demo-1.0.data/data/bin/.envrc | is a place of the environment itself
                    ../evil.py | leads out of the archive
                    demo/../../x | leads out of the archive
                    .. | leads out of the archive
                    /etc/passwd | is an absolute path
                    demo/./x | is not a plain path
                    demo//x | is not a plain path
                    C:/x | begins with a drive letter
                    c:x | begins with a drive letter
                    demo\\\\x.py | holds a backslash
                    ..\\\\..\\\\x | holds a backslash
                    demo/a\\nb | control characters
                    demo/a\\rb | control characters
                    demo/\\033[31m | control characters
                    demo/a\\205b | control characters
                    demo/a<LS>b | control characters
                    demo-1.0.dist-info/metadata | are one name where case
                    demo-1.0.dist-info/Record | are one name where case
                    demo-1.0.dist-info/wheel | are one name where case
                    """)
    void inAName(String path, String sentence) throws IOException {
        refused(sentence, new Reception(folder).of(bare().file(unescaped(path), "x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Name: victim | Name stands more than once
                    Name: demo | Name stands more than once
                    Version: 2.0 | Version stands more than once
                    VERSION: 1.0 | Version stands more than once
                    Metadata-Version: 2.2 | Metadata-Version stands more than once
                    Requires-Python: >=3\\nRequires-Python: <3 | Requires-Python stands more than once
                    Requires-Python: three | METADATA cannot be read
                    Requires-Python: >=three | METADATA cannot be read
                    Requires-Python: 3.9 or later | METADATA cannot be read
                    Requires-Python: >= | METADATA cannot be read
                    Summary: x\\rRequires-Dist: victim | control character (U+000D)
                    Summary: x\\013Requires-Dist: victim | control character (U+000B)
                    Summary: x\\fRequires-Dist: victim | control character (U+000C)
                    Summary: x\\034Requires-Dist: victim | control character (U+001C)
                    Summary: x\\035Requires-Dist: victim | control character (U+001D)
                    Summary: x\\036Requires-Dist: victim | control character (U+001E)
                    Summary: x\\205Requires-Dist: victim | control character (U+0085)
                    Summary: x<LS>Requires-Dist: victim | control character (U+2028)
                    Summary: x<PS>Requires-Dist: victim | control character (U+2029)
                    Summary: x\\0 | control character (U+0000)
                    Summary: \\033[2J | control character (U+001B)
                    Author: x\\177 | control character (U+007F)
                    License: x\\rRequires-Dist: victim | control character (U+000D)
                    License: x\\n  y\\fRequires-Dist: victim | control character (U+000C)
                    Description: x\\rRequires-Dist: victim | control character (U+000D)
                    Requires-Dist: a\\r\\rRequires-Dist: victim | control character (U+000D)
                    X-Unknown: x\\rName: victim | control character (U+000D)
                    no field\\nRequires-Dist: victim | is no field, and for others ends them
                    Requires-Dist : victim\\nRequires-Dist: a | is no field, and for others ends them
                    : nothing\\nName: victim | is no field, and for others ends them
                    """)
    void inMetadata(String lines, String sentence) throws IOException {
        String text = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n" + unescaped(lines) + "\n";
        refused(sentence, new Reception(folder).of(bare().metadata(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Metadata-Version: 2.1\\nName: victim\\nVersion: 1.0\\n | names another project: victim
                    Metadata-Version: 2.1\\nName: demo\\nVersion: 1.1\\n | names another version: 1.1
                    Metadata-Version: 2.1\\nName: <K>emo\\nVersion: 1.0\\n | a package name is ASCII
                    Metadata-Version: 3.0\\nName: demo\\nVersion: 1.0\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\nVersion: 1.0\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\nName: demo\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\nName: demo\\nVersion: one\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\n\\nName: demo\\nVersion: 1.0\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\nName: de mo\\nVersion: 1.0\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\nName: ../demo\\nVersion: 1.0\\n | METADATA cannot be read
                    Metadata-Version: 2.1\\nName: de\\n mo\\nVersion: 1.0\\n | METADATA cannot be read
                    """)
    void inWholeMetadata(String text, String sentence) throws IOException {
        refused(sentence, new Reception(folder).of(bare().metadata(unescaped(text))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Wheel-Version: 2.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n | in a newer format
                    Root-Is-Purelib: true\\nTag: py3-none-any\\n | WHEEL cannot be read
                    Wheel-Version: 1.0\\nTag: py3-none-any\\n | WHEEL cannot be read
                    Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nRoot-Is-Purelib: false\\n | Root-Is-Purelib stands more than once
                    Wheel-Version: 1.0\\nWheel-Version: 1.1\\nRoot-Is-Purelib: true\\n | Wheel-Version stands more than once
                    Wheel-Version: 1.0\\rRoot-Is-Purelib: false\\nRoot-Is-Purelib: true\\n | control character (U+000D)
                    Wheel-Version: x\\nRoot-Is-Purelib: true\\n | WHEEL cannot be read
                    """)
    void inTheWheelFile(String text, String sentence) throws IOException {
        refused(sentence, new Reception(folder).of(bare().wheel(unescaped(text))));
    }

    /** Beside the right lines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    demo/ghost.py,sha256=x,1 | which is not there
                    ../../../bin/pip,sha256=x,1 | which is not there
                    /etc/passwd,sha256=x,1 | which is not there
                    demo-1.0.dist-info/METADATA,sha256=x,1 | 'lists ''demo-1.0.dist-info/METADATA'' twice'
                    one,two | RECORD cannot be read
                    a,b,c,d | RECORD cannot be read
                    demo/x.py,sha256=x,one | RECORD cannot be read
                    ,sha256=x,1 | RECORD cannot be read
                    demo-1.0.dist-info/WHEEL\\rvictim,sha256=x,1 | RECORD cannot be read
                    """)
    void inRecord(String line, String sentence) throws IOException {
        refused(sentence, new Reception(folder).of(bare().record(unescaped(line))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ..\\\\tool = demo:main | its entry point cannot be used
                    -rf = demo:main | its entry point cannot be used
                    --help = demo:main | its entry point cannot be used
                    a;touch x = demo:main | its entry point cannot be used
                    $(touch x) = demo:main | its entry point cannot be used
                    `x` = demo:main | its entry point cannot be used
                    a b = demo:main | its entry point cannot be used
                    'a''b = demo:main' | its entry point cannot be used
                    a"b = demo:main | its entry point cannot be used
                    .hidden = demo:main | its entry point cannot be used
                    .. = demo:main | its entry point cannot be used
                    ../../evil = demo:main | its entry point cannot be used
                    a/b = demo:main | its entry point cannot be used
                    a&b = demo:main | its entry point cannot be used
                    * = demo:main | its entry point cannot be used
                    ~ = demo:main | its entry point cannot be used
                    a\\033[31m = demo:main | its entry point cannot be used
                    @x = demo:main | its entry point cannot be used
                    a%b = demo:main | its entry point cannot be used
                    {x} = demo:main | its entry point cannot be used
                    tool = class:def | its entry point cannot be used
                    tool = demo:def | its entry point cannot be used
                    tool = demo:None | its entry point cannot be used
                    tool = lambda:main | its entry point cannot be used
                    tool = demo.class:main | its entry point cannot be used
                    tool = demo:main.return | its entry point cannot be used
                    tool = demo | its entry point cannot be used
                    tool = demo:1x | its entry point cannot be used
                    tool = demo..x:main | its entry point cannot be used
                    tool = demo:main; import os | its entry point cannot be used
                    tool = demo:main() | its entry point cannot be used
                    tool = demo: | its entry point cannot be used
                    tool = .demo:main | its entry point cannot be used
                    tool = demo:__import__("os") | its entry point cannot be used
                    tool = demo main:x | its entry point cannot be used
                    tool = demo-x:main | its entry point cannot be used
                    tool = demo:a-b | its entry point cannot be used
                    python = demo:main | is a place of the environment itself
                    python3.11 = demo:main | is a place of the environment itself
                    Python3 = demo:main | is a place of the environment itself
                    activate = demo:main | is a place of the environment itself
                    pyvenv.cfg = demo:main | is a place of the environment itself
                    python._pth = demo:main | is a place of the environment itself
                    pybuilddir.txt = demo:main | is a place of the environment itself
                    blast = demo:main | is a place of the environment itself
                    json.py = demo:main | in place of Python's own module
                    tool = demo:main\\n  python = demo:main | is a place of the environment itself
                    tool = demo:main\\ntool = demo:other | stands for two commands
                    tool = demo:main\\n[gui_scripts]\\ntool = demo:other | stands for two commands
                    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = demo:main | is not a name for a command
                    no entry point | its entry point cannot be used
                    """)
    void inEntryPoints(String lines, String sentence) throws IOException {
        refused(
                sentence,
                new Reception(folder)
                        .of(bare().entryPoints("[console_scripts]\n" + unescaped(lines))));
    }

    /** A .pth file beside a package {@code demo} with a folder {@code sub}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    import os
                    import\\tos
                    <BOM>import os
                    x\\013import os
                    x\\fimport os
                    x\\034import os
                    x\\035import os
                    x\\036import os
                    x\\205import os
                    x<LS>import os
                    x<PS>import os
                    x\\rimport os
                    demo/sub<NBSP>
                    demo/sub<FIGURE>
                    demo/sub<NNBSP>
                    demo/sub<WIDE>
                    <NBSP>demo/sub
                    démo/sub
                    # café\\ndemo/sub
                     import os
                    demo/sub\\177
                    demo\\0
                    ../../../..
                    ..
                    /usr/lib
                    /tmp
                    demo/../../../x
                    nowhere
                    demo/__init__.py
                    demo/sub.zip
                    import sys; exec(1)
                    '# x\\n\\nimport os'
                    demo/sub\\nimport os
                    'import os; var = ''SETUPTOOLS_USE_DISTUTILS''; enabled = os.environ.get(var, ''local'') == ''local''; enabled and __import__(''_distutils_hack'').add_shim(); \\n'
                    'import sys, types, os;p = os.path.join(sys._getframe(1).f_locals[''sitedir''], *(''demo'',));ie = os.path.exists(os.path.join(p,''__init__.py''));m = not ie and sys.modules.setdefault(''os'', types.ModuleType(''demo''));mp = (m or []) and m.__dict__.setdefault(''__path__'',[]);(p not in mp) and mp.append(p)'
                    """)
    void inAPathFile(String content) throws IOException {
        refused(
                "x.pth of demo runs at every start",
                new Reception(folder)
                        .of(
                                WheelBuilder.demo()
                                        .file("demo/sub/x.py", "")
                                        .file("x.pth", unescaped(content))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sitecustomize.py | x | demo | sitecustomize.py of demo
                    usercustomize.py | x | demo | usercustomize.py of demo
                    sitecustomize/__init__.py | x | demo | sitecustomize/__init__.py of demo
                    usercustomize/__init__.py | x | demo | usercustomize/__init__.py of demo
                    sitecustomize.pyc | x | demo | sitecustomize.pyc of demo
                    sitecustomize.cpython-311-x86_64-linux-gnu.so | x | demo | linux-gnu.so of demo
                    sitecustomize.abi3.so | x | demo | sitecustomize.abi3.so of demo
                    crash_reporter.py | x | demo | crash_reporter.py of demo
                    crash_reporter/__init__.py | x | demo | crash_reporter/__init__.py of demo
                    demo/sub/crash_reporter.py | x | demo/sub | demo/sub/crash_reporter.py of demo
                    demo-1.0.data/purelib/other_reporter.pyc | x | demo | other_reporter.pyc of demo
                    __editable__.demo-1.0.pth | import __editable___demo_finder | demo | __editable__.demo-1.0.pth of demo
                    _virtualenv.pth | import _virtualenv | demo | _virtualenv.pth of demo
                    sitecustomize/__init__.cpython-311-x86_64-linux-gnu.so | x | demo | of demo runs
                    demo/hid/sitecustomize.py | x | demo/hid | demo/hid/sitecustomize.py of demo
                    demo/usercustomize.py | x | demo | demo/usercustomize.py of demo
                    demo/hid/sitecustomize/__init__.py | x | demo/hid | demo/hid/sitecustomize/__init__.py of demo
                    demo/hid/sitecustomize.pyc | x | ./demo/../demo/hid/ | demo/hid/sitecustomize.pyc of demo
                    demo-1.0.data/purelib/sitecustomize.py | x | demo | sitecustomize.py of demo
                    demo-1.0.data/data/lib/python3.11/site-packages/usercustomize.py | x | demo | usercustomize.py of demo
                    demo-1.0.data/data/lib64/python3.11/site-packages/x.pth | import os | demo | x.pth of demo
                    x.start | demo:main | demo | x.start of demo
                    demo-1.0.data/platlib/x.start | demo:main | demo | x.start of demo
                    .hidden.pth | import os | demo | .hidden.pth of demo
                    evil-nspkg.pth | import os | demo | evil-nspkg.pth of demo
                    zope.evil-1.0-py3.11-nspkg.pth | import os | demo | nspkg.pth of demo
                    distutils-precedence.pth | import os | demo | distutils-precedence.pth of demo
                    a1_coverage.pth | import coverage | demo | a1_coverage.pth of demo
                    easy-install.pth | ../other | demo | easy-install.pth of demo
                    """)
    void atInterpreterStart(String file, String content, String pathFile, String sentence)
            throws IOException {
        refused(
                sentence,
                new Reception(folder)
                        .of(
                                WheelBuilder.demo()
                                        .file(file, unescaped(content))
                                        .file("y.pth", unescaped(pathFile))));
    }

    /**
     * The first file is another project's, of which the second wheel brings something; and the same
     * where that one is there first.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    victim/mod.py | victim/mod.py | is a file of victim
                    victim/mod.py | demo-1.0.data/purelib/victim/mod.py | is a file of victim
                    victim/mod.py | demo-1.0.data/platlib/victim/mod.py | is a file of victim
                    victim/mod.py | demo-1.0.data/data/lib/python3.11/site-packages/victim/mod.py | is a file of victim
                    victim/mod.py | demo-1.0.data/data/lib64/python3.11/site-packages/victim/mod.py | is a file of victim
                    victim-1.0.data/scripts/tool | demo-1.0.data/scripts/tool | is a file of victim
                    victim-1.0.data/scripts/tool | demo-1.0.data/data/bin/tool | is a file of victim
                    victim-1.0.data/data/share/x | demo-1.0.data/data/share/x | is a file of victim
                    victim-1.0.data/data/etc/x | demo-1.0.data/data/etc/x | is a file of victim
                    victim-1.0.data/data/lib/x.so | demo-1.0.data/data/lib64/x.so | is a file of victim
                    victim-1.0.data/data/include/x.h | demo-1.0.data/data/include/x.h | is a file of victim
                    victim-1.0.data/headers/x.h | demo-1.0.data/data/include/site/python3.11/victim/x.h | is a file of victim
                    victim/mod.py | victim | cannot be beside a file of victim
                    victim | victim/mod.py | cannot be beside a file of victim
                    victim-1.0.data/data/share/x/y | demo-1.0.data/data/share/x | cannot be beside a file of victim
                    victim-1.0.data/data/share/x | demo-1.0.data/data/share/x/y | cannot be beside a file of victim
                    six.py | six/__init__.py | stands for a module of victim
                    six.py | six.pyc | stands for a module of victim
                    six.py | six.abi3.so | stands for a module of victim
                    six.py | demo-1.0.data/scripts/six.py | stands for a module of victim
                    six.py | demo-1.0.data/scripts/six.abi3.so | stands for a module of victim
                    six/__init__.py | demo-1.0.data/data/bin/six.py | stands for a module of victim
                    six.py | six.cpython-311-x86_64-linux-gnu.so | stands for a module of victim
                    six.py | __pycache__/six.cpython-311.pyc | stands for a module of victim
                    six.py | __pycache__/six.cpython-311.opt-1.pyc | stands for a module of victim
                    victim/mod.py | victim/mod.cpython-311-x86_64-linux-gnu.so | stands for a module of victim
                    victim/mod.py | victim/mod/__init__.py | stands for a module of victim
                    victim/mod.py | victim/__pycache__/mod.cpython-311.pyc | stands for a module of victim
                    victim/__init__.py | victim/new.py | into a package of victim
                    victim/__init__.py | victim/sub/new.py | into a package of victim
                    victim/__init__.py | victim/data.txt | into a package of victim
                    victim/__init__.py | victim/__main__.py | into a package of victim
                    victim/__init__.py | victim/__pycache__/x.pyc | into a package of victim
                    victim/sub/__init__.py | victim/sub/new.py | into a package of victim
                    victim/__init__.cpython-311-x86_64-linux-gnu.so | victim/new.py | into a package of victim
                    victim/__init__.py | demo-1.0.data/platlib/victim/new.py | into a package of victim
                    ns/mod.py | ns/__init__.py | which makes a package of a folder of victim
                    """)
    void amongTheFilesOfOthers(String theirs, String own, String sentence) throws IOException {
        var reception = new Reception(folder);
        assertThat(reception.of(new WheelBuilder("victim", "1.0").file(theirs, "theirs\n")))
                .isEqualTo(Reception.TAKEN);
        refused(sentence, reception.of(bare().file(own, "own\n")));
        var reversed = new Reception(folder);
        assertThat(reversed.of(bare().file(own, "own\n"))).isEqualTo(Reception.TAKEN);
        refused("of demo", reversed.of(new WheelBuilder("victim", "1.0").file(theirs, "theirs\n")));
    }

    @Test
    void theSameCommandForAnotherFunction() throws IOException {
        var reception = new Reception(folder);
        reception.of(
                new WheelBuilder("victim", "1.0")
                        .entryPoints("[console_scripts]\ntool = victim:main\n"));
        refused(
                "demo brings bin/tool, which is a file of victim",
                reception.of(bare().entryPoints("[gui_scripts]\ntool = demo:main\n")));
    }

    /**
     * The text that makes the module of a namespace is known, but not for a module of Python's or
     * of the distribution itself, and not where it has nothing in the namespace.
     */
    @ParameterizedTest
    @CsvSource({"json,json/x.py", "argparse,argparse/x.py", "pip,demo/x.py", "ns,ns/__init__.py"})
    void aNamespaceThatIsNone(String namespace, String own) throws IOException {
        refused(
                "demo-nspkg.pth of demo runs at every start",
                new Reception(folder)
                        .of(
                                bare().file(own, "x = 1\n")
                                        .file(
                                                "demo-nspkg.pth",
                                                ControlWheelsTest.NAMESPACE.formatted(
                                                        namespace,
                                                        "('%s',)".formatted(namespace),
                                                        ""))));
    }

    @Test
    void aFolderThatAnotherDistributionAddsIsLookedInto() throws IOException {
        var reception = new Reception(folder);
        assertThat(
                        reception.of(
                                new WheelBuilder("victim", "1.0")
                                        .file("shared/part/x.py", "")
                                        .file("v.pth", "shared/part\n")))
                .isEqualTo(Reception.TAKEN);
        refused(
                "shared/part/sitecustomize.py of demo runs at every start",
                reception.of(bare().file("shared/part/sitecustomize.py", "evil()\n")));
    }

    @Test
    void aRecordOfEmptyLines() throws IOException {
        refused(
                "RECORD' is larger than any of its kind",
                new Reception(folder).of(bare().record("\n".repeat(1 << 20))));
    }

    @Test
    void aVastText() throws IOException {
        refused(
                "METADATA' is larger than any of its kind",
                new Reception(folder)
                        .of(
                                bare().metadata(
                                                "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n\n"
                                                        + "x".repeat(17 << 20))));
    }

    @Test
    void textsThatAreNotUtf8() throws IOException {
        for (String file : List.of("METADATA", "WHEEL", "RECORD")) {
            byte[] noText = {(byte) 0xe9, '\n'};
            String path = "demo-1.0.dist-info/" + file;
            refused(
                    "its %s cannot be read: it is not UTF-8".formatted(file),
                    new Reception(folder)
                            .of(
                                    bare(),
                                    w -> {
                                        w.zip.entries.remove(w.zip.entry(path));
                                        w.zip.add(path, noText);
                                        byte[] record =
                                                w.zip.entry("demo-1.0.dist-info/RECORD").content;
                                        if (!file.equals("RECORD")) {
                                            w.zip.entries.removeLast();
                                            w.zip.entries.remove(
                                                    w.zip.entry("demo-1.0.dist-info/RECORD"));
                                            w.zip.add(path, noText);
                                            w.zip.add(
                                                    "demo-1.0.dist-info/RECORD",
                                                    new String(record, StandardCharsets.UTF_8)
                                                            .replaceAll(
                                                                    path + ",.*",
                                                                    "%s,%s,2"
                                                                            .formatted(
                                                                                    path,
                                                                                    RecordHash.of(
                                                                                            noText))));
                                        }
                                    }));
        }
        byte[] latin =
                "[console_scripts]\n\u00e9 = demo:main\n".getBytes(StandardCharsets.ISO_8859_1);
        refused(
                "entry_points.txt is not UTF-8",
                new Reception(folder)
                        .of(
                                bare().record(
                                                "demo-1.0.dist-info/entry_points.txt,%s,%d"
                                                        .formatted(
                                                                RecordHash.of(latin),
                                                                latin.length)),
                                w -> w.zip.add("demo-1.0.dist-info/entry_points.txt", latin)));
    }
}
