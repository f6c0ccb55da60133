package dev.blast.environment.address;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.blast.index.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Repositories of this machine over HTTP, by git's own program for that. */
final class GitServer implements AutoCloseable {
    private final HttpServer server;
    private final Path root;
    private final @Nullable Credentials asked;
    private final @Nullable String elsewhere;

    /** What came with the requests: the header that says who asks, empty for none. */
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param asked whom it lets in; null for everybody
     * @param elsewhere where it sends everybody on to; null for nowhere
     */
    GitServer(Path root, @Nullable Credentials asked, @Nullable String elsewhere)
            throws IOException {
        this.root = root;
        this.asked = asked;
        this.elsewhere = elsewhere;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            said.add(authorization == null ? "" : authorization);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (elsewhere != null) {
                exchange.getResponseHeaders()
                        .set("Location", elsewhere + exchange.getRequestURI().toString());
                exchange.sendResponseHeaders(301, -1);
            } else if (asked != null && !asked.authorization().equals(authorization)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                backend(exchange, body);
            }
        }
    }

    /** As CGI has it: headers, an empty line, the answer. */
    private void backend(HttpExchange exchange, byte[] body) throws IOException {
        var builder =
                new ProcessBuilder("git", "-c", "safe.directory=*", "http-backend")
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        var variables = builder.environment();
        variables.put("GIT_PROJECT_ROOT", root.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getQuery();
        variables.put("QUERY_STRING", query == null ? "" : query);
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("CONTENT_LENGTH", String.valueOf(body.length));
        header(exchange, "Content-Type", "CONTENT_TYPE", builder);
        header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", builder);
        header(exchange, "Git-Protocol", "GIT_PROTOCOL", builder);
        Process process = builder.start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(body);
        }
        byte[] all = process.getInputStream().readAllBytes();
        int status = 200;
        int start = 0;
        for (String line = line(all, start); !line.isEmpty(); line = line(all, start)) {
            start += line.length() + 2;
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
        }
        start += 2;
        int length = all.length - start;
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(all, start, length);
        }
    }

    private static void header(
            HttpExchange exchange, String name, String variable, ProcessBuilder builder) {
        String value = exchange.getRequestHeaders().getFirst(name);
        builder.environment().put(variable, value == null ? "" : value);
    }

    private static String line(byte[] all, int start) {
        var line = new ByteArrayOutputStream();
        for (int i = start; i < all.length && all[i] != '\r'; i++) {
            line.write(all[i]);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
