package dev.blast.enforcer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy of SOCKS on this machine that wants a password and leads everybody to one server. */
final class SocksProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int leadsTo;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    SocksProxy(int leadsTo) throws IOException {
        this.leadsTo = leadsTo;
        this.listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon().start(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Who asked, and what for. */
    List<String> asked() {
        return asked;
    }

    private void listen() {
        while (true) {
            try {
                serve(listening.accept());
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket accepted) throws IOException {
        try (accepted;
                var to = new Socket(InetAddress.ofLiteral("127.0.0.1"), leadsTo)) {
            var in = new DataInputStream(accepted.getInputStream());
            OutputStream out = accepted.getOutputStream();
            in.readByte();
            in.skipNBytes(in.readUnsignedByte());
            out.write(new byte[] {5, 2});
            in.readByte();
            String login = text(in) + ":" + text(in);
            out.write(new byte[] {1, 0});
            in.skipNBytes(4);
            asked.add("%s %s:%d".formatted(login, text(in), in.readUnsignedShort()));
            byte[] first = new byte[6];
            int length = to.getInputStream().read(first);
            var answer = new byte[10 + length];
            answer[0] = 5;
            answer[3] = 1;
            System.arraycopy(first, 0, answer, 10, length);
            out.write(answer);
            accepted.getInputStream().readAllBytes();
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
