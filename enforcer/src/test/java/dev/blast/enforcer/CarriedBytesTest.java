package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.enforcer.gate.LittleProxy;
import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes through sockets that were handed in, from a real sandbox to a server here. */
@Timeout(60)
class CarriedBytesTest {
    private static final int ANSWER = 300_000;

    @TempDir Path folder;
    private LoopbackServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new LoopbackServer(CarriedBytesTest::answer);
    }

    /** Reads a byte that says what to do, and as many more as it is; or as come. */
    private static void answer(Socket accepted) throws IOException {
        InputStream in = accepted.getInputStream();
        accepted.getOutputStream().write(0);
        int what = in.read();
        if (what < 0) {
            accepted.close();
            return;
        }
        in.readNBytes(99);
        accepted.getOutputStream().write(new byte[ANSWER]);
        if (what == 'e') {
            accepted.close(); // ends first
        } else if (what == 'l') {
            in.readAllBytes();
            LockSupport.parkNanos(300_000_000);
            accepted.close();
        } else if (what == 'r') {
            in.readAllBytes();
            accepted.close();
        }
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private void run(RuledKeeper keeper, String statement) throws Exception {
        String said =
                new Confined(
                                folder,
                                PolicyBuilder.system().grant(Access.READABLE, "/etc/nsswitch.conf"))
                        .gate(keeper)
                        .python(
                                """
                                import time, select
                                def connected():
                                    s = socket.socket()
                                    s.connect(('api.here.test', %d))
                                    s.recv(1)
                                    return s
                                def all_of(s):
                                    n = 0
                                    while n < 300000: n += len(s.recv(65536))
                                %s
                                """
                                        .formatted(server.port(), statement));
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "the program ends | s = connected(); s.sendall(b'r' + bytes(99)); all_of(s); s.close() | 100 | 300001",
                "the server ends | s = connected(); s.sendall(b'e' + bytes(99)); all_of(s); s.recv(1); s.close() | 100 | 300001",
                "it is left open | s = connected(); s.sendall(b'r' + bytes(99)); all_of(s); os._exit(0) | 100 | 300001",
                "nobody else ends | s = connected(); s.sendall(b'n' + bytes(99)); all_of(s); s.close() | 100 | 300001",
                "a child has it | s = connected(); p = os.fork(); (s.sendall(b'r' + bytes(99)), all_of(s), os._exit(0)) if p == 0 else (s.close(), os.waitpid(p, 0)) | 100 | 300001",
                "without waiting | s = socket.socket(); s.setblocking(False); s.connect_ex(('api.here.test', PORT)); select.select([], [s], []); s.setblocking(True); s.recv(1); s.sendall(b'r' + bytes(99)); all_of(s); s.close() | 100 | 300001",
                "it ends with its connection | s = connected(); s.sendall(b'l' + bytes(99)); all_of(s); s.close(); os._exit(0) | 100 | 300001",
                "nothing is said | s = connected(); s.close() | 0 | 1",
            })
    void whatWentThrough(String what, String statement, long sent, long received) throws Exception {
        var keeper = RuledKeeper.allowing("host == \"api.here.test\", toLoopback == true");
        run(keeper, statement.replace("PORT", Integer.toString(server.port())));
        long number = keeper.attempts().getLast().number();
        ConnectionAttempt.Traffic last = keeper.traffic().getLast();
        assertThat(last.number()).isEqualTo(number);
        assertCounted(last, sent, received);
    }

    /** What the other side had not ended by then is taken to be a byte less. */
    private static void assertCounted(ConnectionAttempt.Traffic told, long sent, long received) {
        assertThat(told.sent()).isEqualTo(sent);
        assertThat(told.received()).isBetween(received - 1, received);
    }

    @Test
    void ofManyEach() throws Exception {
        var keeper = RuledKeeper.allowing("host == \"api.here.test\", toLoopback == true");
        run(
                keeper,
                """
                for i in range(60):
                    s = connected(); s.sendall(b'r' + bytes(99)); all_of(s); s.close()
                """);
        List<ConnectionAttempt.Traffic> last =
                keeper.attempts().stream()
                        .filter(it -> it.result() == ConnectionAttempt.Result.REACHED)
                        .map(it ->
                                keeper.traffic().stream()
                                        .filter(told -> told.number() == it.number())
                                        .reduce((_, later) -> later)
                                        .orElseThrow())
                        .toList();
        assertThat(last)
                .hasSize(60)
                .allSatisfy(it -> {
                    assertCounted(it, 100, ANSWER + 1);
                });
    }

    /** Of one that lives on it is told now and then. */
    @Test
    void whileItGoesOn() throws Exception {
        var keeper = RuledKeeper.allowing("host == \"api.here.test\", toLoopback == true");
        run(
                keeper,
                "s = connected(); s.sendall(b'r' + bytes(99)); all_of(s); time.sleep(3.5); s.close()");
        assertThat(keeper.traffic()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(keeper.traffic().getFirst().received()).isEqualTo(ANSWER + 1);
    }

    /** What was said to a proxy is not the program's. */
    @Test
    void throughAProxy() throws Exception {
        try (var proxy = new LittleProxy(server.port(), LittleProxy.CONNECTS)) {
            var keeper =
                    RuledKeeper.allowing("host == \"api.here.test\"")
                            .proxied(
                                    new ForwardProxy(
                                            ForwardProxy.Kind.HTTP,
                                            "proxy.here.test",
                                            proxy.port(),
                                            null),
                                    (_, _) -> true);
            run(keeper, "s = connected(); s.sendall(b'r' + bytes(99)); all_of(s); s.close()");
            assertCounted(keeper.traffic().getLast(), 100, ANSWER + 1);
        }
    }
}
