package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.enforcer.spawn.TemporaryRemains;
import dev.blast.enforcer.spawn.TemporaryRemains.Remains;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program leaves in temporary folders is seen after its end, and nothing else is. */
class TemporaryRemainsTest {
    @TempDir Path outer;
    private Path home;
    private Path folder;

    @BeforeEach
    void findFolders() throws IOException {
        home = outer.toRealPath();
        folder = Files.createDirectory(home.resolve("project"));
    }

    private Remains after(String program) throws Exception {
        var policy =
                PolicyBuilder.system()
                        .temporary("/scratch", 1 << 20)
                        .temporary(home.toString(), 1 << 20)
                        .grant(Access.WRITABLE, folder.toString());
        Path log = Files.createTempFile("remains", ".log");
        Plan plan = new Confined(folder, policy).plan(log, "python3", "-I", "-c", program);
        var held = new ArrayList<TemporaryRemains>();
        try (Running running =
                Sandbox.start(
                        plan,
                        plan,
                        false,
                        null,
                        Overseer.NOBODY,
                        it -> held.add(TemporaryRemains.of(plan, it.pid(), Kernel.linux())),
                        Kernel.linux())) {
            assertThat(running.waitFor()).as(Files.readString(log)).isZero();
            return held.getFirst().list();
        } finally {
            held.forEach(TemporaryRemains::close);
            Files.delete(log);
        }
    }

    @Test
    void filesThatSomebodyMayWantAreNamed() throws Exception {
        Remains remains =
                after(
                        """
                        import os
                        os.makedirs('/scratch/out/deep')
                        for name in ('b', 'a', 'out/deep/c', 'out/d'):
                            open('/scratch/' + name, 'w').write('x' * 10)
                        """);
        assertThat(remains)
                .isEqualTo(
                        new Remains(
                                4,
                                40,
                                List.of("/scratch/a", "/scratch/b", "/scratch/out/d"),
                                true));
    }

    /** The project lies in a temporary folder, and stays. */
    @Test
    void whatStaysWhatIsEmptyAndWhatNobodyLooksForIsNot() throws Exception {
        Remains remains =
                after(
                        """
                        import os, socket, tempfile
                        open('kept', 'w').write('x')
                        os.mkdir('/scratch/folder')
                        open('/scratch/empty', 'w')
                        os.mkfifo('/scratch/pipe')
                        socket.socket(socket.AF_UNIX).bind('/scratch/socket')
                        os.symlink(os.getcwd(), '/scratch/link')
                        os.symlink('/usr/bin/env', '/scratch/program')
                        os.mkdir('/scratch/pytest-of-me')
                        open('/scratch/pytest-of-me/x', 'w').write('x')
                        open(tempfile.mkdtemp(dir='/scratch') + '/x', 'w').write('x')
                        open('/scratch/gone', 'w').write('x')
                        os.remove('/scratch/gone')
                        open('/dev/shm/shared', 'w').write('x')
                        """);
        assertThat(remains).isEqualTo(new Remains(0, 0, List.of(), true));
        assertThat(folder.resolve("kept")).exists();
    }

    /** Any bytes, and as deep as a program digs. */
    @Test
    void namesAreWhateverAProgramMakesThem() throws Exception {
        Remains remains =
                after(
                        """
                        import os
                        os.chdir('/scratch')
                        open(b'\\xff\\n\\x1b[2J', 'w').write('x')
                        for _ in range(300):
                            os.mkdir('d' * 200)
                            os.chdir('d' * 200)
                        open('deep', 'w').write('x')
                        """);
        assertThat(remains)
                .isEqualTo(new Remains(1, 1, List.of("/scratch/\udcff\n\u001b[2J"), false));
    }

    @Test
    void holesAndFurtherNamesCountAsNothing() throws Exception {
        Remains remains =
                after(
                        """
                        import os
                        open('/scratch/a', 'w').write('x' * 1000)
                        for i in range(9):
                            os.link('/scratch/a', '/scratch/b%d' % i)
                        open('/scratch/c', 'w').truncate(1 << 50)
                        """);
        assertThat(remains.files()).isEqualTo(2);
        assertThat(remains.bytes()).isEqualTo(1000);
    }

    @Test
    void onlySoManyNamesAreLookedAt() throws IOException {
        Path many = Files.createDirectory(outer.resolve("many"));
        for (int i = 0; i < 20_001; i++) {
            Files.createFile(many.resolve("f" + i));
        }
        assertThat(TemporaryRemains.in(many)).isEqualTo(new Remains(0, 0, List.of(), false));
    }

    @Test
    void nothingIsHeldAfterwards() throws Exception {
        after("pass");
        long before = descriptors();
        after("open('/scratch/x', 'w').write('x' * 1000)");
        assertThat(descriptors()).isEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() {
        assertThat(TemporaryRemains.in(outer.resolve("none")))
                .isEqualTo(new Remains(0, 0, List.of(), true));
    }
}
