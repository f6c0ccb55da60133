package dev.blast.enforcer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.enforcer.gate.ForwardProxy.Kind;
import dev.blast.enforcer.gate.ForwardProxy.Login;
import dev.blast.enforcer.gate.LittleProxy;
import dev.blast.enforcer.gate.ProxyAnswer;
import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.gate.ThroughProxy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs in a real sandbox, for which a proxy on this machine dials names that nobody knows. */
@Timeout(120)
class GateProxyTest {
    private static final String RULES =
            """
            rule "api" when Connection( host == "api.example" ) then allow(); end
            rule "slow" when Connection( host == "slow.example" ) then allow(); limitBandwidth( "2 GB/s" ); end
            rule "inner" when Connection( host == "in.here.test", toLoopback == true ) then allow(); end
            rule "proxy" when Connection( host == "proxy.here.test", toLoopback == true ) then allow(); end
            """;

    @TempDir Path folder;
    private LoopbackServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new LoopbackServer(GateProxyTest::echo);
    }

    /** Speaks first, and gives back what it hears. */
    private static void echo(Socket accepted) throws IOException {
        try (accepted) {
            accepted.getOutputStream().write("hello ".getBytes(US_ASCII));
            accepted.getInputStream().transferTo(accepted.getOutputStream());
        }
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private LittleProxy proxy(LittleProxy.Manner manner) throws IOException {
        return new LittleProxy(server.port(), manner);
    }

    private static RuledKeeper keeper(int port, @Nullable Login login, Kind kind) {
        return new RuledKeeper(RULES)
                .proxied(
                        new ForwardProxy(kind, "proxy.here.test", port, login),
                        (host, _) -> !host.endsWith("in.here.test"));
    }

    private static RuledKeeper keeper(LittleProxy proxy) {
        return keeper(proxy.port(), new Login("ada", "s3cret"), Kind.HTTP);
    }

    private String said(RuledKeeper keeper, String statement) throws Exception {
        return new Confined(
                        folder,
                        PolicyBuilder.system()
                                .grant(Access.READABLE, "/etc/nsswitch.conf")
                                .temporary("/tmp", 1 << 20))
                .gate(keeper)
                .python(statement.replace("PORT", Integer.toString(server.port())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "by name | s = socket.create_connection(('api.example', 443)); s.sendall(b'you'); s.shutdown(1); print(s.makefile('rb').read()) | b'hello you'",
                "with a time-out | s = socket.create_connection(('api.example', 443), 9); s.sendall(b'you'); s.shutdown(1); print(s.makefile('rb').read()) | b'hello you'",
                "without waiting | import select; s = socket.socket(); s.setblocking(False); print(s.connect_ex(('api.example', 443)), s.getsockopt(1, 4), s.getblocking(), select.select([s], [], [])[0] == [s], s.recv(6)) | 0 0 False True b'hello '",
                "asyncio | import asyncio; print(asyncio.run(asyncio.open_connection('api.example', 443)) is not None) | True",
                "a number and its flags stay | s = socket.socket(); n = s.fileno(); s.connect(('api.example', 443)); print(s.fileno() == n, os.get_inheritable(n)) | True False",
                "of version 6 | s = socket.socket(socket.AF_INET6); s.connect(('::ffff:' + socket.gethostbyname('api.example'), 443)); print(s.recv(6)) | b'hello '",
                "only version 4 is known | socket.getaddrinfo('api.example', 443, socket.AF_INET6) | gaierror None",
                "twice | s = socket.socket(); s.connect(('api.example', 443)); s.connect(('api.example', 443)) | OSError EISCONN",
                "another name | socket.getaddrinfo('other.example', 443) | gaierror None",
                "a name that is a header | import ctypes; socket.getaddrinfo('api.example\\r\\nX: y', 443) | gaierror None",
                "at a limited rate | s = socket.create_connection(('slow.example', 443)); s.sendall(b'you'); s.shutdown(1); print(s.makefile('rb').read()) | b'hello you'",
                "an address near the machine | socket.create_connection(('127.0.0.1', PORT)) | ConnectionRefusedError ECONNREFUSED",
                "a private address | socket.create_connection(('10.0.0.1', 443)) | PermissionError EACCES",
                "a metadata service | socket.create_connection(('169.254.169.254', 80)) | PermissionError EACCES",
                "a public address without a rule | socket.create_connection(('192.0.2.1', 443)) | PermissionError EACCES",
                "datagrams | s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('api.example', 443)); s.send(b'x'); s.settimeout(9); s.recv(9) | OSError EHOSTUNREACH",
                "an exception is dialled from here | print(socket.create_connection(('in.here.test', PORT)).recv(6)) | b'hello '",
            })
    void whatAProgramSees(String what, String statement, String expected) throws Exception {
        try (LittleProxy proxy = proxy(LittleProxy.wants("YWRhOnMzY3JldA=="))) {
            assertThat(said(keeper(proxy), statement)).as(what).isEqualTo(expected);
        }
    }

    @Test
    void theProxyIsGivenTheNameAndTheLedgerTheProxy() throws Exception {
        try (LittleProxy proxy = proxy(LittleProxy.wants("YWRhOnMzY3JldA=="))) {
            RuledKeeper keeper = keeper(proxy);
            said(keeper, "socket.create_connection(('api.example', 8443))");
            assertThat(proxy.asked()).containsExactly("CONNECT api.example:8443 HTTP/1.1");
            ConnectionAttempt told = keeper.attempts().getFirst();
            assertThat(keeper.attempts()).hasSize(1);
            assertThat(told.result()).isEqualTo(Result.REACHED);
            assertThat(told.asked().host()).isEqualTo("api.example");
            assertThat(told.asked().address()).isNull();
            assertThat(told.proxy())
                    .isEqualTo(
                            new ThroughProxy(
                                    "proxy.here.test:" + proxy.port(),
                                    true,
                                    new ProxyAnswer.Connected()));
        }
    }

    @Test
    void aProgramThatSpeaksToTheProxyItselfDoesSoByARule() throws Exception {
        try (LittleProxy proxy = proxy(LittleProxy.CONNECTS)) {
            String said =
                    said(
                            keeper(proxy),
                            """
                            s = socket.create_connection(('proxy.here.test', %d))
                            s.sendall(b'CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n')
                            s.shutdown(1)
                            print(s.makefile('rb').read().split(b'\\r\\n\\r\\n')[1])
                            """
                                    .formatted(proxy.port()));
            assertThat(said).isEqualTo("b'hello '");
            assertThat(proxy.asked()).containsExactly("CONNECT api.example:443 HTTP/1.1");
        }
    }

    @Test
    void manyAtOnce() throws Exception {
        try (LittleProxy proxy = proxy(LittleProxy.CONNECTS)) {
            String said =
                    said(
                            keeper(proxy),
                            """
                            import threading
                            seen = []
                            def one():
                                seen.append(socket.create_connection(('api.example', 443)).recv(6))
                            threads = [threading.Thread(target=one) for _ in range(60)]
                            for t in threads: t.start()
                            for t in threads: t.join()
                            print(len(seen), set(seen))
                            """);
            assertThat(said).isEqualTo("60 {b'hello '}");
        }
    }

    /** Of those without waiting, whose ends are heard of by the gate while others begin. */
    @Test
    void manyAtOnceWithoutWaiting() throws Exception {
        try (LittleProxy proxy = proxy(LittleProxy.CONNECTS)) {
            String said =
                    said(
                            keeper(proxy),
                            """
                            import asyncio
                            async def one(host, port):
                                reader, writer = await asyncio.open_connection(host, port)
                                seen = await reader.read(6)
                                writer.close()
                                return seen
                            async def all():
                                for _ in range(20):
                                    yield await asyncio.gather(*[one(*to) for to in (('api.example', 443), ('in.here.test', PORT)) * 10])
                            async def main():
                                return {seen async for some in all() for seen in some}
                            print(asyncio.run(main()))
                            """);
            assertThat(said).isEqualTo("{b'hello '}");
        }
    }

    private static LittleProxy.Manner manner(String kind) {
        return switch (kind) {
            case "garbage" -> LittleProxy.says("SSH-2.0-OpenSSH\r\n");
            case "nothing, and ends" -> LittleProxy.says("");
            case "half" -> LittleProxy.says("HTTP/1.1 200 OK\r\n");
            case "endless headers" ->
                    LittleProxy.keepsSaying("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1000));
            case "endless patience" -> LittleProxy.keepsSaying("HTTP/1.1 100 Continue\r\n\r\n");
            default -> LittleProxy.says("HTTP/1.1 " + kind + "\r\n\r\n<html>no</html>");
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 Forbidden     | ConnectionRefusedError ECONNREFUSED | Status[code=403]",
                "407 Say who       | ConnectionRefusedError ECONNREFUSED | Login[]",
                "502 Bad Gateway   | OSError EHOSTUNREACH                | Status[code=502]",
                "504 Later         | TimeoutError ETIMEDOUT              | Status[code=504]",
                "garbage           | ConnectionRefusedError ECONNREFUSED | Garbled[]",
                "nothing, and ends | ConnectionRefusedError ECONNREFUSED | Ended[]",
                "half              | ConnectionRefusedError ECONNREFUSED | Ended[]",
                "endless headers   | ConnectionRefusedError ECONNREFUSED | Garbled[]",
                "endless patience  | ConnectionRefusedError ECONNREFUSED | Garbled[]",
            })
    void aProxyThatDoesNotConnect(String kind, String expected, String answer) throws Exception {
        try (LittleProxy proxy = proxy(manner(kind))) {
            RuledKeeper keeper = keeper(proxy);
            assertThat(said(keeper, "socket.create_connection(('api.example', 443))"))
                    .isEqualTo(expected);
            assertThat(keeper.attempts())
                    .singleElement()
                    .satisfies(told -> {
                        assertThat(told.result()).isEqualTo(Result.FAILED);
                        assertThat(told.proxy())
                                .isNotNull()
                                .extracting(ThroughProxy::answer)
                                .hasToString(answer);
                    });
        }
    }

    /** Who is interrupted does not wait for it; who ends leaves nothing behind. */
    @Test
    void aProxyThatSaysNothing() throws Exception {
        try (LittleProxy proxy = proxy(LittleProxy.SAYS_NOTHING)) {
            String said =
                    said(
                            keeper(proxy),
                            """
                            import signal
                            class Enough(Exception): pass
                            def enough(*_): raise Enough()
                            signal.signal(signal.SIGALRM, enough)
                            signal.setitimer(signal.ITIMER_REAL, .5)
                            try:
                                socket.create_connection(('api.example', 443))
                            except Enough:
                                print('enough')
                            """);
            assertThat(said).isEqualTo("enough");
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP, 1, ConnectionRefusedError ECONNREFUSED", "UNKNOWN, 1, OSError EHOSTUNREACH"})
    void aProxyThatIsNotReached(Kind kind, int port, String expected) throws Exception {
        RuledKeeper keeper = keeper(port, null, kind);
        assertThat(said(keeper, "socket.create_connection(('api.example', 443))"))
                .isEqualTo(expected);
    }

    @Test
    void socks() throws Exception {
        try (SocksProxy proxy = new SocksProxy(server.port())) {
            RuledKeeper keeper = keeper(proxy.port(), new Login("ada", "s3cret"), Kind.SOCKS5);
            assertThat(
                            said(
                                    keeper,
                                    "print(socket.create_connection(('api.example', 443)).recv(6))"))
                    .isEqualTo("b'hello '");
            assertThat(proxy.asked()).containsExactly("ada:s3cret api.example:443");
        }
    }
}
