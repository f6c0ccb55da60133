package dev.blast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A package index of test wheels on loopback: the JSON form of the simple API, with metadata beside
 * the wheels.
 */
public final class LoopbackIndex implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, List<TestWheel>> projects = new TreeMap<>();
    private final Map<String, List<TestSource>> sources = new TreeMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private String uploaded = "2020-01-01T00:00:00Z";

    public LoopbackIndex() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public LoopbackIndex with(TestWheel... wheels) {
        for (TestWheel wheel : wheels) {
            projects.computeIfAbsent(wheel.name(), _ -> new ArrayList<>()).add(wheel);
        }
        return this;
    }

    LoopbackIndex with(TestSource... more) {
        for (TestSource source : more) {
            projects.computeIfAbsent(source.name(), _ -> new ArrayList<>());
            sources.computeIfAbsent(source.name(), _ -> new ArrayList<>()).add(source);
        }
        return this;
    }

    /** When every file was uploaded. */
    LoopbackIndex uploaded(String time) {
        uploaded = time;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple/";
    }

    int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        String last = path.replaceAll("/$", "");
        last = last.substring(last.lastIndexOf('/') + 1);
        byte[] body = path.startsWith("/simple/") ? page(last) : file(last);
        if (body == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            String type =
                    path.startsWith("/simple/")
                            ? "application/vnd.pypi.simple.v1+json"
                            : "application/octet-stream";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private byte @org.jspecify.annotations.Nullable [] page(String project) {
        List<TestWheel> wheels = projects.get(project);
        if (wheels == null) {
            return null;
        }
        var files = new ArrayList<String>();
        for (TestWheel wheel : wheels) {
            files.add(
                    """
                    {"filename": "%s", "url": "/files/%s", "hashes": {"sha256": "%s"}, "size": %d, "upload-time": "%s", "core-metadata": true%s}\
                    """
                            .formatted(
                                    wheel.fileName(),
                                    wheel.fileName(),
                                    wheel.sha256(),
                                    wheel.bytes().length,
                                    uploaded,
                                    wheel.announced().isEmpty() ? "" : ", " + wheel.announced()));
        }
        for (TestSource source : sources.getOrDefault(project, List.of())) {
            files.add(
                    """
                    {"filename": "%s", "url": "/files/%s", "hashes": {"sha256": "%s"}, "size": %d, "upload-time": "%s"}\
                    """
                            .formatted(
                                    source.filename(),
                                    source.filename(),
                                    source.sha256(),
                                    source.bytes().length,
                                    uploaded));
        }
        return """
        {"meta": {"api-version": "1.1"}, "name": "%s", "files": [%s]}\
        """
                .formatted(project, String.join(",", files))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte @org.jspecify.annotations.Nullable [] file(String name) {
        for (List<TestSource> all : sources.values()) {
            for (TestSource source : all) {
                if (name.equals(source.filename())) {
                    return source.bytes();
                }
            }
        }
        for (List<TestWheel> wheels : projects.values()) {
            for (TestWheel wheel : wheels) {
                if (name.equals(wheel.fileName())) {
                    return wheel.bytes();
                }
                if (name.equals(wheel.fileName() + ".metadata")) {
                    return wheel.metadata().getBytes(StandardCharsets.UTF_8);
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
