package dev.blast.enforcer.gate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.blast.packaging.Host;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Version 5 of SOCKS, RFC 1928, with user and password of RFC 1929 where they are known. Names are
 * looked up by the proxy. The length of each piece is known before it is read.
 */
final class SocksDialogue implements ProxyDialogue {
    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int NO_LOGIN = 0;
    private static final int BY_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int FOUR = 1; // ATYP
    private static final int NAME = 3;
    private static final int SIX = 4;
    private static final int PORT_BYTES = 2;

    /** What is read now. */
    private enum Piece {
        METHOD,
        LOGIN,
        /** The reply up to the first byte of its address, which says how long that is. */
        REPLY,
        /** What is left of its address. */
        REST
    }

    private final ForwardProxy.@Nullable Login login;
    private final Host target;
    private final int port;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private Piece reading = Piece.METHOD;
    private int wanted = 2;
    private byte[] request;
    private @Nullable ProxyAnswer answer;

    SocksDialogue(ForwardProxy.@Nullable Login login, Host target, int port) {
        this.login = login;
        this.target = target;
        this.port = port;
        this.request =
                login == null
                        ? new byte[] {VERSION, 1, NO_LOGIN}
                        : new byte[] {VERSION, 2, NO_LOGIN, BY_PASSWORD};
    }

    @Override
    public byte[] toSend() {
        byte[] all = request;
        request = new byte[0];
        return all;
    }

    @Override
    public int take(byte[] come) {
        int taken = 0;
        while (taken < come.length && answer == null) {
            piece.write(come[taken++]);
            if (piece.size() == wanted) {
                byte[] whole = piece.toByteArray();
                piece.reset();
                take(reading, whole);
            }
        }
        return taken;
    }

    private void take(Piece what, byte[] whole) {
        switch (what) {
            case METHOD -> method(whole);
            case LOGIN -> {
                if (whole[1] == 0) {
                    connect();
                } else {
                    answer = new ProxyAnswer.Login();
                }
            }
            case REPLY -> reply(whole);
            case REST -> answer = new ProxyAnswer.Connected();
        }
    }

    private void method(byte[] whole) {
        ForwardProxy.Login told = login;
        if (whole[0] != VERSION) {
            answer = new ProxyAnswer.Garbled();
        } else if (whole[1] == NO_LOGIN) {
            connect();
        } else if (whole[1] == BY_PASSWORD && told != null) {
            var out = new ByteArrayOutputStream();
            out.write(LOGIN_VERSION);
            write(out, told.user().getBytes(UTF_8));
            write(out, told.password().getBytes(UTF_8));
            request = out.toByteArray();
            await(Piece.LOGIN, 2);
        } else {
            answer = new ProxyAnswer.Login();
        }
    }

    private void connect() {
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(CONNECT);
        out.write(0);
        InetAddress address = target.address();
        if (address == null) {
            out.write(NAME);
            write(out, target.text().getBytes(US_ASCII));
        } else {
            byte[] bytes = address.getAddress();
            out.write(bytes.length == 4 ? FOUR : SIX);
            out.writeBytes(bytes);
        }
        out.write(port >> Byte.SIZE);
        out.write(port);
        request = out.toByteArray();
        await(Piece.REPLY, 5);
    }

    private void reply(byte[] whole) {
        int reply = whole[1] & 0xff;
        if (whole[0] != VERSION) {
            answer = new ProxyAnswer.Garbled();
        } else if (reply != 0) {
            answer = new ProxyAnswer.Reply(reply);
        } else {
            switch (whole[3]) {
                case FOUR -> await(Piece.REST, 3 + PORT_BYTES);
                case SIX -> await(Piece.REST, 15 + PORT_BYTES);
                case NAME -> await(Piece.REST, (whole[4] & 0xff) + PORT_BYTES);
                default -> answer = new ProxyAnswer.Garbled();
            }
        }
    }

    private void await(Piece next, int bytes) {
        reading = next;
        wanted = bytes;
    }

    /** With its length before it, one byte. */
    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length > 255) {
            throw new IllegalArgumentException(
                    "%d bytes have no room here".formatted(bytes.length));
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    public @Nullable ProxyAnswer answer() {
        return answer;
    }
}
