package dev.blast.enforcer.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy on this machine that leads every CONNECT to one server, whatever it is asked for, or
 * answers as a test wants it to.
 */
public final class LittleProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int leadsTo;
    private final Manner manner;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** What it does once it has read what it is asked. */
    public interface Manner {
        void answer(String request, Socket from, int leadsTo) throws IOException;
    }

    /** Connects, and says that it did in the same packet as what the server says first. */
    public static final Manner CONNECTS =
            (request, from, leadsTo) ->
                    join(from, leadsTo, "HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");

    /** Connects for whoever says the right password. */
    public static Manner wants(String basic) {
        return (request, from, leadsTo) -> {
            if (request.contains("\r\nProxy-Authorization: Basic " + basic + "\r\n")) {
                CONNECTS.answer(request, from, leadsTo);
            } else {
                says("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n")
                        .answer(request, from, leadsTo);
            }
        };
    }

    /** Says that, and ends. */
    public static Manner says(String answer) {
        return (_, from, _) -> {
            from.getOutputStream().write(answer.getBytes(ISO_8859_1));
            from.shutdownOutput();
            from.getInputStream().readAllBytes();
        };
    }

    /** Says that again and again, without an end. */
    public static Manner keepsSaying(String answer) {
        return (_, from, _) -> {
            while (true) {
                from.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        };
    }

    public static final Manner SAYS_NOTHING =
            (_, from, _) -> {
                while (from.getInputStream().read() >= 0) {
                    LockSupport.parkNanos(1);
                }
            };

    public LittleProxy(int leadsTo, Manner manner) throws IOException {
        this.leadsTo = leadsTo;
        this.manner = manner;
        this.listening = new ServerSocket(0, 512, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon().start(this::listen);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The first line of each request. */
    public List<String> asked() {
        return asked;
    }

    private void listen() {
        while (true) {
            try {
                Socket accepted = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(accepted));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            String request = head(accepted.getInputStream());
            asked.add(request.lines().findFirst().orElse(""));
            manner.answer(request, accepted, leadsTo);
        } catch (IOException _) {
            // who asked has gone
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                break;
            }
            head.append((char) one);
        }
        return head.toString();
    }

    private static void join(Socket from, int leadsTo, String established) throws IOException {
        try (var to = new Socket(InetAddress.ofLiteral("127.0.0.1"), leadsTo)) {
            byte[] first = new byte[64];
            int length = Math.max(0, to.getInputStream().read(first));
            OutputStream out = from.getOutputStream();
            byte[] said = established.getBytes(ISO_8859_1);
            byte[] together = new byte[said.length + length];
            System.arraycopy(said, 0, together, 0, said.length);
            System.arraycopy(first, 0, together, said.length, length);
            out.write(together);
            Thread up =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                try {
                                    from.getInputStream().transferTo(to.getOutputStream());
                                    to.shutdownOutput();
                                } catch (IOException _) {
                                    // one of them has gone
                                }
                            });
            to.getInputStream().transferTo(out);
            from.shutdownOutput();
            up.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
