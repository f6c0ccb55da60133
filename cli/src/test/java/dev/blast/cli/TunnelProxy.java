package dev.blast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on loopback that answers CONNECT as if it had connected, greets in the place of whoever
 * was asked for, and remembers what it was asked.
 */
final class TunnelProxy implements AutoCloseable {
    private static final String END = "\r\n\r\n";

    private final ServerSocket server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    TunnelProxy() throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The first lines of what it was asked. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                asked.add(head(socket.getInputStream()).lines().findFirst().orElse(""));
                socket.getOutputStream()
                        .write(
                                ("HTTP/1.1 200 Connected" + END + "hello")
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                asked.add(e.toString()); // what a test expects it is not
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf(END) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
