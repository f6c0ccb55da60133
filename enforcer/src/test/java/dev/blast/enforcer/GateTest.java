package dev.blast.enforcer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that connect through the gate of a real sandbox, to a server on this machine. */
@Timeout(60)
class GateTest {
    @TempDir Path folder;

    private LoopbackServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new LoopbackServer(GateTest::greet);
    }

    private static void greet(Socket accepted) throws IOException {
        try (accepted) {
            accepted.getOutputStream().write("hello".getBytes(US_ASCII));
        }
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private String port() {
        return Integer.toString(server.port());
    }

    private Confined confined(RuledKeeper keeper) {
        return new Confined(
                        folder,
                        PolicyBuilder.system()
                                .grant(Access.READABLE, "/etc/nsswitch.conf")
                                .temporary("/tmp", 1 << 20))
                .gate(keeper);
    }

    /**
     * What Python makes of a statement, PORT being the server's and 1 one that nobody listens at.
     */
    private String said(RuledKeeper keeper, String statement) throws Exception {
        return confined(keeper).python(statement.replace("PORT", port()));
    }

    private static RuledKeeper here() {
        return RuledKeeper.allowing("host == \"api.here.test\", toLoopback == true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "by name | print(socket.create_connection(('api.here.test', PORT)).recv(9)) | b'hello'",
                "in capitals, with a dot | print(socket.create_connection(('API.here.test.', PORT)).recv(9)) | b'hello'",
                "with a time-out | print(socket.create_connection(('api.here.test', PORT), 9).recv(9)) | b'hello'",
                "by version 4 | s = socket.socket(); s.connect(('api.here.test', PORT)); print(s.recv(9)) | b'hello'",
                "wrapped in version 6 | s = socket.socket(socket.AF_INET6); s.connect(('::ffff:' + socket.gethostbyname('api.here.test'), PORT)); print(s.recv(9)) | b'hello'",
                "by a child | import subprocess; subprocess.run([sys.executable, '-c', 'import socket; print(socket.create_connection((\"api.here.test\", PORT)).recv(9))']) | b'hello'",
                "by an adviser of addresses | print(sorted({a[0].name for a in socket.getaddrinfo('api.here.test', 80, flags=socket.AI_ADDRCONFIG)})) | ['AF_INET', 'AF_INET6']",
                "its name from its address | print(socket.getnameinfo((socket.gethostbyname('api.here.test'), 80), socket.NI_NAMEREQD)[0]) | api.here.test",
                "who is at the other side | s = socket.create_connection(('api.here.test', PORT)); print(s.getpeername()[1] == PORT, s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)) | True 0",
                "a number and its flags stay | import fcntl; s = socket.socket(); n = s.fileno(); os.set_inheritable(n, True); s.connect(('api.here.test', PORT)); print(s.fileno() == n, os.get_inheritable(n), s.recv(9)) | True True b'hello'",
                "closed on exec | s = socket.socket(); s.connect(('api.here.test', PORT)); print(os.get_inheritable(s.fileno())) | False",
                "options stay | s = socket.socket(); s.setsockopt(6, 1, 1); s.setsockopt(1, 9, 1); s.connect(('api.here.test', PORT)); print(s.getsockopt(6, 1), s.getsockopt(1, 9)) | 1 1",
                "without waiting | import select; s = socket.socket(); s.setblocking(False); e = errno.errorcode[s.connect_ex(('api.here.test', PORT))]; select.select([], [s], []); print(e, s.getsockopt(1, 4), s.getblocking(), select.select([s], [], []) and s.recv(9)) | EINPROGRESS 0 False b'hello'",
                "twice | s = socket.socket(); s.connect(('api.here.test', PORT)); s.connect(('api.here.test', PORT)) | OSError EISCONN",
                "nobody listens | socket.create_connection(('api.here.test', 1)) | ConnectionRefusedError ECONNREFUSED",
                "nobody listens, without waiting | import select; s = socket.socket(); s.setblocking(False); s.connect_ex(('api.here.test', 1)); select.select([], [s], []); print(errno.errorcode[s.getsockopt(1, 4)]) | ECONNREFUSED",
                "an address without a name | socket.create_connection(('192.0.2.1', 80)) | PermissionError EACCES",
                "an address of version 6 | socket.create_connection(('2001:db8::1', 80)) | PermissionError EACCES",
                "no descriptor | import ctypes; c = ctypes.CDLL(None, use_errno=True); c.connect(99, bytes(16), 16); print(errno.errorcode[ctypes.get_errno()]) | EBADF",
                "no socket | import ctypes; c = ctypes.CDLL(None, use_errno=True); c.connect(os.open('/dev/null', 0), bytes(16), 16); print(errno.errorcode[ctypes.get_errno()]) | ENOTSOCK",
                "no memory | import ctypes; c = ctypes.CDLL(None, use_errno=True); c.connect(socket.socket().detach(), None, 16); print(errno.errorcode[ctypes.get_errno()]) | EFAULT",
                "too long | import ctypes; c = ctypes.CDLL(None, use_errno=True); c.connect(socket.socket().detach(), bytes(200), 200); print(errno.errorcode[ctypes.get_errno()]) | EINVAL",
                "too short | import ctypes; c = ctypes.CDLL(None, use_errno=True); c.connect(socket.socket().detach(), b'\\2\\0', 2); print(errno.errorcode[ctypes.get_errno()]) | EINVAL",
                "with the first bytes | socket.socket().sendto(b'x', 0x20000000, ('192.0.2.1', 80)) | OSError ENOTSUP",
                "with the first bytes of a message | socket.socket().sendmsg([b'x'], [], 0x20000000, ('192.0.2.1', 80)) | OSError ENOTSUP",
                "a name that rules do not name | socket.getaddrinfo('other.here.test', 80) | gaierror None",
                "a name that nobody has | socket.getaddrinfo('api.nowhere.test', 80) | gaierror None",
            })
    void whatAProgramSees(String what, String statement, String expected) throws Exception {
        assertThat(said(here(), statement)).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TCP | l = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(l.getsockname()); print(l.accept()[1] == c.getsockname()) | True",
                "TCP of version 6 | l = socket.create_server(('::1', 0), family=socket.AF_INET6); c = socket.create_connection(l.getsockname()[:2]); print(l.accept()[1] == c.getsockname()) | True",
                "by the name localhost | l = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(('localhost', l.getsockname()[1])); print(l.accept()[1] == c.getsockname()) | True",
                "by its own name | l = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection((socket.gethostname(), l.getsockname()[1])); print(l.accept()[1] == c.getsockname()) | True",
                "its own address | l = socket.create_server(('0.0.0.0', 0)); c = socket.create_connection(('198.18.0.1', l.getsockname()[1])); print(l.accept()[1][0]) | 198.18.0.1",
                "the address that is none | l = socket.create_server(('0.0.0.0', 0)); c = socket.create_connection(('0.0.0.0', l.getsockname()[1])); print(l.accept()[1][0]) | 127.0.0.1",
                "without waiting | import select; l = socket.create_server(('127.0.0.1', 0)); c = socket.socket(); c.setblocking(False); c.connect_ex(l.getsockname()); select.select([], [c], []); print(c.getsockopt(1, 4)) | 0",
                "datagrams | l = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); l.bind(('127.0.0.1', 0)); c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.connect(l.getsockname()); c.send(b'x'); print(l.recv(9)) | b'x'",
                "an abstract name | l = socket.socket(socket.AF_UNIX); l.bind('\\0x'); l.listen(); c = socket.socket(socket.AF_UNIX); c.connect('\\0x'); print(len(l.accept()[1])) | 0",
                "a file | l = socket.socket(socket.AF_UNIX); l.bind('/tmp/x'); l.listen(); c = socket.socket(socket.AF_UNIX); c.connect('/tmp/x'); print(l.accept()[1]) |",
                "a file by a relative name | os.chdir('/tmp'); l = socket.socket(socket.AF_UNIX); l.bind('x'); l.listen(); c = socket.socket(socket.AF_UNIX); c.connect('./x'); print(c.getpeername()) | x",
                "a file that is not there | socket.socket(socket.AF_UNIX).connect('/tmp/x') | FileNotFoundError ENOENT",
                "a file that is none of these | open('/tmp/x', 'w'); socket.socket(socket.AF_UNIX).connect('/tmp/x') | ConnectionRefusedError ECONNREFUSED",
                "its interfaces | print(socket.if_nameindex()) | [(1, 'lo')]",
                "an address more | import struct; s = socket.socket(16, 3, 0); s.send(struct.pack('=IHHIIBBBBIHHI', 32, 20, 5, 1, 0, 2, 32, 0, 0, 1, 8, 2, 10)); print(errno.errorcode[-struct.unpack_from('i', s.recv(99), 16)[0]]) | EPERM",
                "nobody listens | socket.create_connection(('127.0.0.1', 1)) | ConnectionRefusedError ECONNREFUSED",
                "PORT of the machine's | socket.create_connection(('127.0.0.1', PORT)) | ConnectionRefusedError ECONNREFUSED",
                "given up again | s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', 9)); import ctypes; print(ctypes.CDLL(None).connect(s.fileno(), bytes(16), 16)) | 0",
            })
    void insideNobodyIsAsked(String what, String statement, @Nullable String expected)
            throws Exception {
        var keeper = RuledKeeper.allowing("port == 1");
        assertThat(said(keeper, statement)).as(what).isEqualTo(expected == null ? "" : expected);
        assertThat(keeper.attempts()).isEmpty();
    }

    /** A rule that grants the folder grants no other names. */
    @Test
    void namesAreAnsweredInsideWhateverIsVisible() throws Exception {
        String said =
                new Confined(
                                folder,
                                PolicyBuilder.system()
                                        .grant(Access.READABLE, "/etc")
                                        .temporary("/tmp", 1 << 20))
                        .gate(here())
                        .python(
                                """
                                print(open('/etc/hosts').read().split()[:3])
                                print(open('/etc/resolv.conf').read())
                                print(socket.create_connection(('api.here.test', PORT)).recv(9))
                                open('/etc/hosts', 'w')
                                """
                                        .replace("PORT", port()));
        assertThat(said)
                .isEqualTo(
                        """
                        ['127.0.0.1', 'localhost', 'sandbox']
                        nameserver 127.0.0.1

                        b'hello'
                        OSError EROFS\
                        """);
    }

    @Test
    void manyAtOnce() throws Exception {
        String said =
                said(
                        here(),
                        """
                        import asyncio, threading
                        async def one():
                            reader, writer = await asyncio.open_connection('api.here.test', PORT)
                            return await reader.read(9)
                        async def all():
                            return await asyncio.gather(*(one() for _ in range(200)))
                        print({x for x in asyncio.run(all())})
                        seen = []
                        def other():
                            seen.append(socket.create_connection(('api.here.test', PORT)).recv(9))
                        threads = [threading.Thread(target=other) for _ in range(40)]
                        for t in threads: t.start()
                        for t in threads: t.join()
                        print(len(seen), set(seen))
                        """);
        assertThat(said).isEqualTo("{b'hello'}\n40 {b'hello'}");
    }

    @Test
    void whatHappenedIsTold() throws Exception {
        RuledKeeper keeper = here();
        said(keeper, "socket.create_connection(('api.here.test', PORT))");
        said(keeper, "socket.create_connection(('192.0.2.1', 80))");
        said(keeper, "socket.getaddrinfo('other.test', 80, socket.AF_INET)");
        assertThat(keeper.attempts())
                .extracting(
                        it -> it.asked().host() + ":" + it.asked().port(),
                        ConnectionAttempt::result,
                        it -> it.asked().program() != null)
                .containsExactly(
                        tuple("api.here.test:" + port(), Result.FAILED, true), // at ::1
                        tuple("api.here.test:" + port(), Result.REACHED, true),
                        tuple("192.0.2.1:80", Result.REFUSED, true),
                        tuple("other.test:0", Result.REFUSED, false));
        assertThat(keeper.attempts().getFirst().pid()).isPositive();
    }

    /** A server inside, reached from here under its own port; who asks inside finds it too. */
    @Test
    void aServerIsPublished() throws Exception {
        int free = freePort();
        var keeper = RuledKeeper.allowing("direction == IN, port == " + free);
        for (String place : new String[] {"127.0.0.1", "0.0.0.0", "::"}) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> read(free));
            String said =
                    confined(keeper)
                            .python(
                                    """
                                    family = socket.AF_INET6 if ':' in 'PLACE' else socket.AF_INET
                                    s = socket.socket(family)
                                    s.setsockopt(1, 2, 1)
                                    s.bind(('PLACE', PORT)); s.listen(); s.listen(7)
                                    print(s.getsockname()[0].removeprefix('::ffff:'))
                                    a = s.accept()[0]; a.sendall(b'from inside'); a.close()
                                    import threading
                                    threading.Thread(target=lambda: s.accept()[0].sendall(b'again')).start()
                                    print(socket.create_connection(('127.0.0.1', PORT)).recv(9))
                                    s.close()
                                    socket.create_connection(('127.0.0.1', PORT))
                                    """
                                            .replace("PLACE", place)
                                            .replace("PORT", Integer.toString(free)));
            assertThat(said).isEqualTo("127.0.0.1\nb'again'\nConnectionRefusedError ECONNREFUSED");
            assertThat(answer.get()).isEqualTo("from inside");
        }
        assertThat(keeper.attempts()).isEmpty();
    }

    @Test
    void withoutARuleAServerStaysInside() throws Exception {
        int free = freePort();
        var keeper = RuledKeeper.allowing("port == " + free);
        String said =
                confined(keeper)
                        .python(
                                "s = socket.create_server(('0.0.0.0', %d)); print(socket.create_connection(('127.0.0.1', %d)).getpeername())"
                                        .formatted(free, free));
        assertThat(said).isEqualTo("('127.0.0.1', %d)".formatted(free));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What is said at a port as soon as somebody listens there. */
    private static String read(int port) {
        for (int i = 0; i < 500; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new String(socket.getInputStream().readAllBytes(), US_ASCII);
            } catch (IOException _) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        return "nothing";
    }

    /** Through a relay, at a rate that nobody notices. */
    private static RuledKeeper limited() {
        return limited("2 GB/s");
    }

    private static RuledKeeper limited(String rate) {
        return new RuledKeeper(
                """
                rule "fast" when Connection( host == "api.here.test", toLoopback == true )
                then allow(); limitBandwidth( "%s" ); end
                """
                        .formatted(rate));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "read to the end | print(socket.create_connection(('api.here.test', PORT)).makefile('rb').read()) | b'hello'",
                "without waiting | import asyncio; print(asyncio.run(asyncio.wait_for(asyncio.open_connection('api.here.test', PORT), 9))[0] is not None) | True",
                "options | s = socket.create_connection(('api.here.test', PORT)); s.setsockopt(6, 1, 1); print(s.getsockopt(6, 1)) | 1",
                "of version 6 | s = socket.socket(socket.AF_INET6); s.connect(('::ffff:' + socket.gethostbyname('api.here.test'), PORT)); print(s.recv(9)) | b'hello'",
                "nobody listens | socket.create_connection(('api.here.test', 1)) | ConnectionRefusedError ECONNREFUSED",
                "the meeting place | socket.create_connection(('198.18.0.1', 1)) | ConnectionRefusedError ECONNREFUSED",
            })
    void throughARelay(String what, String statement, String expected) throws Exception {
        RuledKeeper keeper = limited();
        assertThat(said(keeper, statement)).as(what).isEqualTo(expected);
    }

    /** Much in both directions at once, one of which ends before the other. */
    @Test
    void aRelayCarriesEverythingAndEachEnd() throws Exception {
        try (var echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Long> served =
                    CompletableFuture.supplyAsync(() -> {
                        try (Socket socket = echo.accept()) {
                            long all = socket.getInputStream().transferTo(socket.getOutputStream());
                            socket.getOutputStream().write("end".getBytes(US_ASCII));
                            return all;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            RuledKeeper keeper = limited();
            String said =
                    confined(keeper)
                            .python(
                                    """
                                    import hashlib, threading
                                    s = socket.create_connection(('api.here.test', PORT))
                                    data = os.urandom(1 << 20)
                                    def send():
                                        for _ in range(20): s.sendall(data)
                                        s.shutdown(socket.SHUT_WR)
                                    threading.Thread(target=send).start()
                                    seen = s.makefile('rb').read()
                                    print(len(seen), seen == data * 20 + b'end')
                                    """
                                            .replace(
                                                    "PORT", Integer.toString(echo.getLocalPort())));
            assertThat(said).isEqualTo((20 << 20) + 3 + " True");
            assertThat(served.get()).isEqualTo(20 << 20);
            assertThat(keeper.traffic().getLast())
                    .isEqualTo(
                            new ConnectionAttempt.Traffic(
                                    keeper.attempts().getLast().number(),
                                    20 << 20,
                                    (20 << 20) + 3));
        }
    }

    /** What a program sends and does not wait for goes out, if that does not take too long. */
    @ParameterizedTest
    @CsvSource({"2 MB/s, true", "100 KB/s, false"})
    void whatIsSentBeforeTheEnd(String rate, boolean whole) throws Exception {
        var heard = new CompletableFuture<Integer>();
        try (var slow =
                new LoopbackServer(accepted -> {
                    try {
                        heard.complete(accepted.getInputStream().readAllBytes().length);
                    } catch (IOException _) {
                        heard.complete(-1); // reset: it knows that this is not all
                    }
                })) {
            RuledKeeper keeper = limited(rate);
            int sent =
                    Integer.parseInt(
                            confined(keeper)
                                    .python(
                                            "s = socket.create_connection(('api.here.test', %d)); s.setblocking(False); print(s.send(bytes(8 << 20)), flush=True); os._exit(0)"
                                                    .formatted(slow.port())));
            assertThat(sent).isGreaterThan(1 << 20);
            assertThat(heard.get()).isEqualTo(whole ? sent : -1);
            assertThat(whole || keeper.sendsOn().equals(List.of(2))).isTrue();
        }
    }

    @Test
    void whatIsBrokenOffIsBrokenOffInside() throws Exception {
        try (var rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        try (Socket socket = rude.accept()) {
                            socket.getInputStream().read();
                            socket.setSoLinger(true, 0); // close sends RST
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            String said =
                    confined(limited())
                            .python(
                                    "s = socket.create_connection(('api.here.test', %d)); s.send(b'x'); print(s.recv(9))"
                                            .formatted(rude.getLocalPort()));
            assertThat(said).isEqualTo("ConnectionResetError ECONNRESET");
        }
    }

    /** A database of the machine's, say: by its usual address, unless one inside has it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "toLoopback == true",
                "toLoopback == true, port == PORT",
                "host == \"localhost\"",
                "host == \"127.0.0.1\""
            })
    void theLoopbackOfTheMachine(String constraints) throws Exception {
        String statement =
                """
                for name in ('127.0.0.1', 'localhost'):
                    print(socket.create_connection((name, PORT)).recv(9))
                own = socket.create_server(('127.0.0.1', PORT))
                own.settimeout(9)
                socket.create_connection(('127.0.0.1', PORT))
                print(own.accept()[0] is not None)
                """;
        var keeper = RuledKeeper.allowing(constraints.replace("PORT", port()));
        assertThat(said(keeper, statement)).isEqualTo("b'hello'\nb'hello'\nTrue");
        assertThat(keeper.attempts())
                .extracting(ConnectionAttempt::result)
                .containsOnly(Result.REACHED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "waiting | socket.create_connection(('127.0.0.1', PORT))",
                "not waiting | s = socket.socket(); s.setblocking(False); s.connect(('127.0.0.1', PORT))",
                "by version 6 | socket.create_connection(('::1', PORT))",
            })
    void whoMissesAServerInside(String how, String statement) throws Exception {
        var keeper = RuledKeeper.allowing("port == 1");
        assertThat(said(keeper, statement)).as(how).contains("Error");
        assertThat(keeper.missed()).containsExactly(server.port());
    }

    @Test
    void whoFindsOneHasMissedNothing() throws Exception {
        var keeper = RuledKeeper.allowing("port == 1");
        String statement =
                """
                own = socket.create_server(('127.0.0.1', 0))
                other = socket.socket()
                other.setblocking(False)
                print(other.connect_ex(own.getsockname()) in (0, errno.EINPROGRESS))
                print(socket.create_connection(own.getsockname()) is not None)
                """;
        assertThat(said(keeper, statement)).isEqualTo("True\nTrue");
        assertThat(keeper.missed()).isEmpty();
    }

    /** A port of the machine's that somebody else has. */
    @Test
    void whatCannotBePublishedIsTold() throws Exception {
        var keeper = RuledKeeper.allowing("direction == IN, port == " + port());
        String statement = "s = socket.socket(); s.bind(('127.0.0.1', PORT)); s.listen()";
        assertThat(said(keeper, statement)).contains("EADDRINUSE");
        assertThat(keeper.unpublished())
                .containsExactly("%1$s inside at %1$s: EADDRINUSE".formatted(port()));
    }
}
