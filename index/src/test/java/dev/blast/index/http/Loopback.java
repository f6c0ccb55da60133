package dev.blast.index.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on loopback whose every answer a test writes down, and which remembers what it was
 * asked. HTTP/1.1.
 */
final class Loopback implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** Headers by lower-case name. */
    record Request(String method, String path, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            String range = header("range");
            return method + " " + path + (range.isEmpty() ? "" : " " + range);
        }
    }

    interface Handler {
        Reply reply(Request request);
    }

    /** A declared length beyond the body's makes an answer that breaks off. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, Map<String, String> headers, byte[] body, int declaredLength) {
        Reply with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body, declaredLength);
        }

        Reply withBody(byte[] other) {
            return new Reply(status, headers, other, other.length);
        }

        Reply withStatus(int other) {
            return new Reply(other, headers, body, declaredLength);
        }

        Reply breakingOff() {
            return new Reply(status, headers, body, body.length + 100);
        }
    }

    private final HttpServer server;
    private final Map<String, Deque<Handler>> handlers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    Loopback() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    Loopback(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    static Reply status(int status) {
        return new Reply(status, Map.of(), new byte[0], 0);
    }

    static Reply text(String type, String body) {
        return bytes(body.getBytes(StandardCharsets.UTF_8)).with("Content-Type", type);
    }

    static Reply json(String body) {
        return text("application/vnd.pypi.simple.v1+json", body.replace('\'', '"'));
    }

    static Reply html(String body) {
        return text("text/html; charset=utf-8", body);
    }

    static Reply bytes(byte[] body) {
        return new Reply(200, Map.of(), body, body.length);
    }

    /** A file by parts, as servers that can do it give them. */
    static Handler parts(byte[] file) {
        return request -> {
            Matcher range = RANGE.matcher(request.header("range"));
            if (!range.matches()) {
                return bytes(file).with("Accept-Ranges", "bytes");
            }
            int begin =
                    range.group(1).isEmpty()
                            ? Math.max(0, file.length - Integer.parseInt(range.group(2)))
                            : Integer.parseInt(range.group(1));
            int end =
                    range.group(1).isEmpty() || range.group(2).isEmpty()
                            ? file.length
                            : Math.min(file.length, Integer.parseInt(range.group(2)) + 1);
            byte[] part = Arrays.copyOfRange(file, begin, end);
            return new Reply(206, Map.of(), part, part.length)
                    .with("Content-Range", "bytes %d-%d/%d".formatted(begin, end - 1, file.length));
        };
    }

    /** Answers to come at a path, in order; the last one stays. */
    Loopback on(String path, Reply... replies) {
        return on(
                path,
                Arrays.stream(replies).map(reply -> (Handler) _ -> reply).toArray(Handler[]::new));
    }

    Loopback on(String path, Handler... inOrder) {
        handlers.put(path, new ArrayDeque<>(Arrays.asList(inOrder)));
        return this;
    }

    URI uri(String path) {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What was asked, a line each, since the last call. */
    List<String> asked() {
        List<String> asked = new ArrayList<>();
        requests.forEach(request -> asked.add(request.toString()));
        requests.clear();
        return asked;
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request =
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            headers);
            requests.add(request);
            Reply reply = next(request.path()).reply(request);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            boolean head = request.method().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders()
                        .set("Content-Length", Integer.toString(reply.body().length));
            }
            exchange.sendResponseHeaders(
                    reply.status(),
                    head || reply.declaredLength() == 0 ? -1 : reply.declaredLength());
            if (!head) {
                exchange.getResponseBody().write(reply.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the client went away, or a test meant it
        }
    }

    private Handler next(String path) {
        Deque<Handler> queue = handlers.get(path);
        if (queue == null) {
            return _ -> status(404);
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
