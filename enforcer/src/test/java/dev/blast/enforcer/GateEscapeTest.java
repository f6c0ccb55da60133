package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.RuledKeeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that try to get past the gate: to another server of this machine than the one that rules
 * name, or to be connected to. What they reach is counted at that server, not by them.
 */
@Timeout(120)
class GateEscapeTest {
    @TempDir Path folder;

    private final AtomicInteger reached = new AtomicInteger();
    private ServerSocket granted;
    private ServerSocket other;

    @BeforeEach
    void serve() throws IOException {
        granted = serving(new AtomicInteger());
        other = serving(reached);
    }

    private static ServerSocket serving(AtomicInteger count) throws IOException {
        var server = new ServerSocket(0, 512, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (true) {
                        try {
                            server.accept().close();
                            count.incrementAndGet();
                        } catch (IOException _) {
                            return; // closed
                        }
                    }
                });
        return server;
    }

    @AfterEach
    void end() throws IOException {
        granted.close();
        other.close();
    }

    /** GRANTED and OTHER are the ports, A the address of the granted name inside. */
    private String attack(String statement) throws Exception {
        return attack(granted, statement);
    }

    private String attack(ServerSocket allowed, String statement) throws Exception {
        return attack(
                RuledKeeper.allowing(
                        "host == \"api.here.test\", toLoopback == true, port == "
                                + allowed.getLocalPort()),
                allowed,
                statement);
    }

    private String attack(RuledKeeper keeper, ServerSocket allowed, String statement)
            throws Exception {
        String program =
                """
                import ctypes, threading, time, struct, select
                A = socket.gethostbyname('api.here.test')
                c = ctypes.CDLL(None, use_errno=True)
                def inet(address, port):
                    return struct.pack('=H', 2) + struct.pack('!H', port) + socket.inet_aton(address) + bytes(8)
                def error():
                    return errno.errorcode[ctypes.get_errno()]
                """
                        + statement;
        return new Confined(folder, PolicyBuilder.system().temporary("/tmp", 1 << 20))
                .gate(keeper)
                .python(
                        program.replace("GRANTED", Integer.toString(allowed.getLocalPort()))
                                .replace("OTHER", Integer.toString(other.getLocalPort())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "another port | socket.create_connection((A, OTHER)) | PermissionError EACCES",
                "the machine's loopback | socket.create_connection(('127.0.0.1', OTHER)) | ConnectionRefusedError ECONNREFUSED",
                "the loopback wrapped | s = socket.socket(socket.AF_INET6); s.connect(('::ffff:127.0.0.1', OTHER)) | ConnectionRefusedError ECONNREFUSED",
                "the loopback compatible | s = socket.socket(socket.AF_INET6); s.connect(('::127.0.0.1', OTHER)) | PermissionError EACCES",
                "connected again | s = socket.create_connection((A, GRANTED)); s.connect(('127.0.0.1', OTHER)) | OSError EISCONN",
                "given up and connected again | s = socket.create_connection((A, GRANTED)); print(c.connect(s.fileno(), bytes(16), 16), error()); s.connect(('127.0.0.1', OTHER)) | -1 EISCONN OSError EISCONN",
                "sent elsewhere | s = socket.create_connection((A, GRANTED)); s.sendto(b'x', ('127.0.0.1', OTHER)); print('sent') | sent",
                "listened on | s = socket.create_connection((A, GRANTED)); s.shutdown(2); s.listen() | OSError EINVAL",
                "bound again | s = socket.create_connection((A, GRANTED)); s.bind(('127.0.0.1', 0)) | OSError EINVAL",
                "asked for the machine's addresses | import fcntl; s = socket.create_connection((A, GRANTED)); b = ctypes.create_string_buffer(400); fcntl.ioctl(s, 0x8912, struct.pack('iP', 400, ctypes.addressof(b))) | PermissionError EPERM",
                "asked for the machine's hardware | import fcntl; s = socket.create_connection((A, GRANTED)); fcntl.ioctl(s, 0x8927, struct.pack('256s', b'eth0')) | PermissionError EPERM",
                "an unknown address of a name | socket.create_connection(('198.18.77.77', OTHER)) | PermissionError EACCES",
            })
    void whatLeadsNowhere(String what, String statement, String expected) throws Exception {
        assertThat(attack(statement).replace("\n", " ")).as(what).isEqualTo(expected);
        assertThat(reached.get()).as(what).isZero();
    }

    /** One thread connects while another writes other addresses over the one that it names. */
    @Test
    void anAddressThatChangesMeanwhile() throws Exception {
        String said =
                attack(
                        """
                        good, bad = inet(A, GRANTED), inet('127.0.0.1', OTHER)
                        worse = inet(A, OTHER)
                        buffer = ctypes.create_string_buffer(good, 16)
                        stop = False
                        def flip():
                            while not stop:
                                for b in (bad, worse, good):
                                    ctypes.memmove(buffer, b, 16)
                        t = threading.Thread(target=flip); t.start()
                        seen = {}
                        for _ in range(1500):
                            s = socket.socket()
                            r = c.connect(s.fileno(), buffer, 16)
                            e = 'ok' if r == 0 else error()
                            seen[e] = seen.get(e, 0) + 1
                            s.close()
                        stop = True; t.join()
                        print(sorted(seen))
                        """);
        assertThat(said).contains("'ok'", "EACCES", "ECONNREFUSED");
        assertThat(reached.get()).isZero();
    }

    /** One thread connects while another puts a socket that was handed in behind its number. */
    @Test
    void aDescriptorThatChangesMeanwhile() throws Exception {
        String said =
                attack(
                        """
                        inside = socket.create_server(('127.0.0.1', 0), backlog=4000)
                        handed = socket.create_connection((A, GRANTED))
                        fresh = socket.socket()
                        number = os.dup(fresh.fileno())
                        stop = False
                        def flip():
                            while not stop:
                                os.dup2(handed.fileno(), number)
                                n = socket.socket(); os.dup2(n.fileno(), number); n.close()
                        t = threading.Thread(target=flip); t.start()
                        seen = {}
                        targets = [inet('127.0.0.1', OTHER), bytes(16), inet(*inside.getsockname())]
                        for i in range(3000):
                            r = c.connect(number, targets[i % 3], 16)
                            e = 'ok' if r == 0 else error()
                            seen[e] = seen.get(e, 0) + 1
                        stop = True; t.join()
                        print(sorted(seen))
                        """);
        assertThat(said).contains("'ok'", "EISCONN");
        assertThat(reached.get()).isZero();
    }

    /** A socket on its way outside, given up: it is the machine's, and must not wait for others. */
    @Test
    void aSocketOnItsWayCannotListen() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            List<SocketChannel> waiting = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    SocketChannel channel = SocketChannel.open();
                    channel.configureBlocking(false);
                    channel.connect(full.getLocalSocketAddress());
                    waiting.add(channel);
                }
                String said =
                        attack(
                                full,
                                """
                                s = socket.socket(); s.setblocking(False)
                                print(errno.errorcode[s.connect_ex((A, GRANTED))])
                                time.sleep(0.2)
                                print(errno.errorcode[s.connect_ex((A, GRANTED))])
                                print(c.shutdown(s.fileno(), 2), c.connect(s.fileno(), bytes(16), 16))
                                print(c.listen(s.fileno(), 5), error())
                                print(c.sendto(s.fileno(), b'x', 1, 0x20000000, inet('127.0.0.1', OTHER), 16), error())
                                print(c.connect(s.fileno(), inet('127.0.0.1', OTHER), 16), error())
                                """);
                assertThat(said)
                        .isEqualTo(
                                """
                                EINPROGRESS
                                EALREADY
                                0 -1
                                -1 EINVAL
                                -1 ENOTSUP
                                -1 ECONNABORTED\
                                """);
            } finally {
                for (SocketChannel channel : waiting) {
                    channel.close();
                }
            }
        }
        assertThat(reached.get()).isZero();
    }

    /** A call that a signal interrupts is made again, and must come to the same. */
    @ParameterizedTest
    @ValueSource(strings = {"", "limitBandwidth(\"1 GB/s\");"})
    void signalsBetween(String rate) throws Exception {
        var keeper =
                new RuledKeeper(
                        "rule \"a\" when Connection( host == \"api.here.test\", toLoopback == true ) then allow(); %s end"
                                .formatted(rate));
        String said =
                attack(
                        keeper,
                        granted,
                        """
                        import signal
                        count = 0
                        def tick(*_):
                            global count
                            count += 1
                        signal.signal(signal.SIGALRM, tick)
                        signal.setitimer(signal.ITIMER_REAL, 0.0003, 0.0003)
                        for _ in range(400):
                            s = socket.socket(); s.connect((A, GRANTED)); s.close()
                        signal.setitimer(signal.ITIMER_REAL, 0)
                        print(count > 20)
                        """);
        assertThat(said).isEqualTo("True");
    }
}
