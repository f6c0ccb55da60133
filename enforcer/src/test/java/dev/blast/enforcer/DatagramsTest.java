package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.ConnectionAttempt.Traffic;
import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs in a real sandbox that send datagrams to a server on this machine. */
@Timeout(60)
class DatagramsTest {
    private static final String BEGIN =
            """
            import select
            def udp(family=socket.AF_INET):
                s = socket.socket(family, socket.SOCK_DGRAM); s.settimeout(9); return s
            there = (socket.gethostbyname('api.here.test'), PORT)
            """;

    @TempDir Path folder;

    private DatagramSocket server;

    /** Sends back what comes, twice what begins with "two". */
    @BeforeEach
    void serve() throws IOException {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    byte[] bytes = new byte[65_535];
                    while (true) {
                        var packet = new DatagramPacket(bytes, bytes.length);
                        try {
                            server.receive(packet);
                            server.send(packet);
                            if (bytes[0] == 't' && bytes[1] == 'w') {
                                server.send(packet);
                            }
                        } catch (IOException _) {
                            return; // closed
                        }
                    }
                });
    }

    @AfterEach
    void end() {
        server.close();
    }

    private String said(RuledKeeper keeper, String statements) throws Exception {
        return new Confined(
                        folder,
                        PolicyBuilder.system()
                                .grant(Access.READABLE, "/etc/nsswitch.conf")
                                .temporary("/tmp", 1 << 20))
                .gate(keeper)
                .python(
                        (BEGIN + statements)
                                .replace("PORT", Integer.toString(server.getLocalPort())));
    }

    private RuledKeeper here() {
        return RuledKeeper.allowing(
                "( host == \"api.here.test\" && toLoopback == true ) || host == \"many.here.test\", protocol == UDP, port in ( 1, %d )"
                        .formatted(server.getLocalPort()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "to an address | s = udp(); s.sendto(b'hi', there); print(s.recvfrom(9) == (b'hi', there)) | True",
                "connected | s = udp(); s.connect(there); s.send(b'hi'); print(s.recv(9), s.getpeername() == there) | b'hi' True",
                "wrapped in version 6 | s = udp(socket.AF_INET6); s.sendto(b'hi', ('::ffff:' + there[0], PORT)); print(s.recvfrom(9)[0]) | b'hi'",
                "bound to a port | s = udp(); s.bind(('0.0.0.0', 7777)); s.sendto(b'hi', there); print(s.recv(9), s.getsockname()[1]) | b'hi' 7777",
                "nothing in it | s = udp(); s.sendto(b'', there); print(s.recv(9)) | b''",
                "as much as there can be | s = udp(); s.setsockopt(1, 8, 1 << 20); s.sendto(b'x' * 65507, there); print(len(s.recv(70000))) | 65507",
                "two come back | s = udp(); s.sendto(b'two', there); print(s.recv(9), s.recv(9)) | b'two' b'two'",
                "several sent as one | s = udp(); s.connect(there); s.setsockopt(17, 103, 500); s.send(b'y' * 1200); print([len(s.recv(9999)) for _ in range(3)]) | [500, 500, 200]",
                "a message | s = udp(); s.sendmsg([b'h', b'i'], [], 0, there); print(s.recv(9)) | b'hi'",
                "by a child that ends | pid = os.fork(); pid or (udp().sendto(b'hi', there), os._exit(0)); os.waitpid(pid, 0); s = udp(); s.sendto(b'hi', there); print(s.recv(9)) | b'hi'",
                "many sockets | all = [udp() for _ in range(300)]; [s.sendto(b'%d' % i, there) for i, s in enumerate(all)]; print(sum(s.recv(9) == b'%d' % i for i, s in list(enumerate(all))[-200:])) | 200",
                "without waiting | s = udp(); s.setblocking(False); s.sendto(b'hi', there); select.select([s], [], [], 9); print(s.recv(9)) | b'hi'",
                "nobody listens | s = udp(); s.connect((there[0], 1)); s.send(b'hi'); s.recv(9) | ConnectionRefusedError ECONNREFUSED",
                "refused by its port | s = udp(); s.connect((there[0], 2)); s.send(b'hi'); s.recv(9) | OSError EHOSTUNREACH",
                "refused by its address | s = udp(); s.connect(('192.0.2.1', PORT)); s.send(b'hi'); s.recv(9) | OSError EHOSTUNREACH",
                "refused again | s = udp(); s.connect(('192.0.2.1', PORT)); e = []; [(s.send(b'hi'), e.append(s.connect_ex(('192.0.2.1', PORT))), select.select([s], [], [], 9), e.append(errno.errorcode[s.getsockopt(1, 4)])) for _ in range(2)]; print(e) | [0, 'EHOSTUNREACH', 0, 'EHOSTUNREACH']",
                "of version 6 | udp(socket.AF_INET6).sendto(b'hi', ('2001:db8::1', PORT)) | OSError ENETUNREACH",
                "to many by a name | s = udp(); s.connect((socket.gethostbyname('many.here.test'), PORT)); s.send(b'hi'); s.recv(9) | OSError EHOSTUNREACH",
                "to many | s = udp(); s.sendto(b'hi', ('224.0.0.251', 5353)); print(select.select([s], [], [], 0.2)[0]) | []",
                "the PORT of the machine's loopback | s = udp(); s.connect(('127.0.0.1', PORT)); s.send(b'hi'); s.recv(9) | ConnectionRefusedError ECONNREFUSED",
                "a stream instead | socket.create_connection(there) | PermissionError EACCES",
            })
    void whatAProgramSees(String what, String statements, String expected) throws Exception {
        assertThat(said(here(), statements)).as(what).isEqualTo(expected);
    }

    @Test
    void whatHappenedIsTold() throws Exception {
        RuledKeeper keeper = here();
        said(
                keeper,
                """
                s = udp()
                for i in range(3):
                    s.sendto(b'hello', there); s.recv(9)
                s.sendto(b'hello', ('192.0.2.1', 53)); s.sendto(b'hello', ('192.0.2.1', 53))
                s.sendto(b'hello', there); s.recv(9)
                """);
        assertThat(keeper.attempts())
                .extracting(
                        it -> it.asked().host() + ":" + it.asked().port(),
                        it -> it.asked().protocol(),
                        ConnectionAttempt::result,
                        it -> it.asked().program() != null && it.pid() > 0)
                .containsExactly(
                        tuple(
                                "api.here.test:" + server.getLocalPort(),
                                Protocol.UDP,
                                Result.REACHED,
                                true),
                        tuple("192.0.2.1:53", Protocol.UDP, Result.REFUSED, true),
                        tuple("192.0.2.1:53", Protocol.UDP, Result.REFUSED, true));
        long number = keeper.attempts().getFirst().number();
        assertThat(keeper.traffic().getLast()).isEqualTo(new Traffic(number, 20, 20));
    }

    /** What comes faster than it may is lost, and what is carried is the rate. */
    @Test
    void aRateIsKept() throws Exception {
        var keeper =
                new RuledKeeper(
                        """
                        rule "slowly"
                        when
                            Connection( host == "api.here.test", toLoopback == true )
                        then
                            allow();
                            limitBandwidth("100 KB/s");
                        end
                        """);
        String said =
                said(
                        keeper,
                        """
                        import time
                        s = udp(); s.connect(there); s.setblocking(False)
                        begun = now = time.monotonic(); got = 0
                        while now < begun + 2:
                            now = time.monotonic()
                            s.send(b'z' * 1000)
                            select.select([s], [], [], 0.001)
                            try: got += len(s.recv(2000))
                            except BlockingIOError: pass
                        most = 100_000 * (now - begun) + 2 * 5_000 + 1000 # and what the bucket holds, twice
                        print(most / 3 < got <= most or got)
                        """);
        assertThat(said).isEqualTo("True");
    }

    /** Beside a stream that takes all that it may. */
    @Test
    void aStreamLeavesRoom() throws Exception {
        var keeper =
                new RuledKeeper(
                        """
                        rule "slowly"
                        when
                            Connection( host == "api.here.test", toLoopback == true )
                        then
                            allow();
                            limitBandwidth("1 MB/s");
                        end
                        """);
        try (var sink = new LoopbackServer(it -> it.getInputStream().readAllBytes())) {
            String said =
                    said(
                            keeper,
                            """
                            import threading, time
                            c = socket.create_connection(('api.here.test', SINK))
                            threading.Thread(target=lambda: c.sendall(bytes(4 << 20)), daemon=True).start()
                            time.sleep(0.3)
                            s = udp(); s.settimeout(0.5); s.connect(there); came = 0
                            for i in range(40):
                                s.send(b'small')
                                try: came += len(s.recv(9)) > 0
                                except TimeoutError: pass
                            print(came > 20 or came)
                            sys.stdout.flush(); os._exit(0)
                            """
                                    .replace("SINK", Integer.toString(sink.port())));
            assertThat(said).isEqualTo("True");
        }
    }

    /** What is sent last is carried, and told of; who is refused again is told of again. */
    @Test
    void whatIsSentLastIsToldOf() throws Exception {
        RuledKeeper keeper = here();
        said(
                keeper,
                """
                s = udp(); s.connect(there)
                t = udp(); t.connect(('192.0.2.1', 53))
                for i in range(100):
                    s.send(b'x' * 10)
                    try: t.send(b'x')
                    except OSError: pass
                os._exit(0)
                """);
        long refused =
                keeper.attempts().stream().filter(it -> it.result() == Result.REFUSED).count();
        assertThat(refused).isBetween(20L, 100L); // what reads an error is not sent
        assertThat(keeper.traffic().getLast().sent()).isEqualTo(1000);
    }

    /** No address of the machine's network is told, and nobody else can answer. */
    @Test
    void onlyWhoWasAskedAnswers() throws Exception {
        assertThat(
                        said(
                                here(),
                                """
                                s = udp(); s.sendto(b'hi', there); s.recv(9)
                                print(s.getsockname()[0])
                                print([line.split()[:2] for line in open('/proc/net/route')][1:])
                                """))
                .isEqualTo("0.0.0.0\n[['lo', '00000000']]");
    }
}
