package dev.blast.enforcer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server on this machine's loopback that treats all who come alike, each by a thread. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket listening;

    /** What is done with whoever comes; it may have gone. */
    interface Answer {
        void give(Socket accepted) throws IOException;
    }

    LoopbackServer(Answer answer) throws IOException {
        this.listening = new ServerSocket(0, 512, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon().start(() -> serve(answer));
    }

    private void serve(Answer answer) {
        while (true) {
            try {
                Socket accepted = listening.accept();
                Thread.ofPlatform().daemon().start(() -> answer(accepted, answer));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private static void answer(Socket accepted, Answer answer) {
        try {
            answer.give(accepted);
        } catch (IOException _) {
            // the program has gone
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
