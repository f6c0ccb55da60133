package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.RuledKeeper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a witnessed session tells of, and that its walls are where they were. */
@Timeout(60)
public class WitnessTest {
    @TempDir Path temporary;
    private Path folder;

    @BeforeEach
    void aFolderWithFiles() throws Exception {
        folder = Files.createDirectory(temporary.toRealPath().resolve("work"));
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/file"), "text");
        Files.writeString(folder.resolveSibling("outside"), "not granted");
    }

    @Test
    void pathsAreToldAndOpenedAsEver() throws Exception {
        RuledKeeper keeper = RuledKeeper.allowing("port == 1");
        Confined confined = new Confined(folder, PolicyBuilder.system()).witnessed(keeper);
        String said =
                confined.python(
                        """
                        print(open('sub/file').read())
                        folder = os.open('sub', os.O_RDONLY)
                        os.stat('file', dir_fd=folder)
                        open('made', 'w').write('x')
                        os.access('/etc/nothing', os.R_OK)
                        os.stat(0)
                        print(os.path.exists('../outside'))
                        open('../outside')\
                        """);
        assertThat(said).isEqualTo("text\nFalse\nFileNotFoundError ENOENT");
        assertThat(folder.resolve("made")).hasContent("x");
        assertThat(keeper.uses())
                .contains(
                        "READ " + folder.resolve("sub/file"),
                        "LOOK " + folder.resolve("sub/file"),
                        "WRITE " + folder.resolve("made"),
                        "LOOK /etc/nothing",
                        "READ " + folder.resolveSibling("outside"))
                .anyMatch(it -> it.startsWith("RUN /") && it.contains("python3"))
                .as("what the first process looks at is nobody's need")
                .noneMatch(it -> it.contains("/etc/shadow") || it.contains("/boot"));
    }

    @Test
    void callsThatAreRefusedAreToldAndStayRefused() throws Exception {
        RuledKeeper keeper = RuledKeeper.allowing("port == 1");
        Confined confined = new Confined(folder, PolicyBuilder.system()).witnessed(keeper);
        assertThat(
                        confined.python(
                                "print(ctypes.CDLL(None, use_errno=True).ptrace(0, 0, 0, 0), ctypes.get_errno())"))
                .isEqualTo("-1 1");
        assertThat(keeper.refused()).contains("ptrace");
    }

    /**
     * A path is read as it is in memory, over the end of a page, and what is none is passed over.
     */
    @Test
    void memoryOfAStranger() throws Exception {
        RuledKeeper keeper = RuledKeeper.allowing("port == 1");
        Confined confined = new Confined(folder, PolicyBuilder.system()).witnessed(keeper);
        assertThat(
                        confined.python(
                                """
                                import mmap
                                libc = ctypes.CDLL(None, use_errno=True)
                                m = mmap.mmap(-1, 2 * 4096)
                                base = ctypes.addressof(ctypes.c_char.from_buffer(m))
                                m[4090:4090 + 10] = b'/etc/over\\0'
                                print(libc.access(ctypes.c_void_p(base + 4090), 0))
                                print(libc.access(ctypes.c_void_p(1), 0), ctypes.get_errno())
                                m[:8192] = b'a' * 8192
                                print(libc.access(ctypes.c_void_p(base), 0), ctypes.get_errno())
                                print(libc.access(b'/etc/\\xff', 0))\
                                """))
                .isEqualTo("-1\n-1 14\n-1 36\n-1");
        assertThat(keeper.uses()).contains("LOOK /etc/over");
    }

    @Test
    void manyThreadsAndProcessesGoOn() throws Exception {
        RuledKeeper keeper = RuledKeeper.allowing("port == 1");
        Confined confined = new Confined(folder, PolicyBuilder.system()).witnessed(keeper);
        assertThat(
                        confined.python(
                                """
                                import threading, subprocess
                                def many():
                                    for i in range(500):
                                        os.path.exists('/x/%d' % i)
                                threads = [threading.Thread(target=many) for _ in range(8)]
                                [t.start() for t in threads]
                                codes = [subprocess.call(['/bin/true']) for _ in range(20)]
                                [t.join() for t in threads]
                                print(sum(codes))\
                                """))
                .isEqualTo("0");
        assertThat(keeper.uses()).contains("LOOK /x/0", "LOOK /x/499", "RUN /bin/true");
    }
}
