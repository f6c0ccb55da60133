package dev.blast.cli.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * For {@link Training}: an index on loopback that answers to every name with one wheel and its
 * metadata, so that asking an index, resolving and installing are in the AOT cache too.
 */
final class TrainingIndex implements AutoCloseable {
    /** The client's own packages, in its jar. */
    private static final String CLIENT = "okhttp3/internal/";

    /** HTTP/2 is not spoken by the JDK's own server, and TLS would need a key: loaded by name. */
    private static final List<String> SECURE =
            List.of(
                    "java.base/sun/security/ssl",
                    "java.base/sun/security/x509",
                    "java.base/sun/security/ec",
                    "java.base/sun/security/util",
                    "java.base/sun/security/provider",
                    "java.base/com/sun/crypto/provider");

    private final HttpServer server;

    TrainingIndex() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", TrainingIndex::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple/";
    }

    /** Loads the classes that a secure exchange needs; those loaded are in the cache. */
    static void loadSecureTransport() throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules");
        for (String folder : SECURE) {
            try (Stream<Path> files = Files.walk(modules.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".class"))
                        .map(file -> modules.relativize(file))
                        .map(file -> file.subpath(1, file.getNameCount()).toString())
                        .map(file -> file.substring(0, file.length() - ".class".length()))
                        .forEach(file ->
                                load(file.replace('/', '.'), ClassLoader.getPlatformClassLoader()));
            }
        }
        loadClient();
    }

    private static void loadClient() throws IOException {
        for (String jar : System.getProperty("java.class.path").split(":", -1)) {
            if (!Path.of(jar).getFileName().toString().startsWith("okhttp")) {
                continue;
            }
            try (var file = new JarFile(jar)) {
                file.stream()
                        .map(JarEntry::getName)
                        .filter(name ->
                                name.startsWith(CLIENT + "http2/")
                                        || name.startsWith(CLIENT + "tls/")
                                        || name.startsWith(CLIENT + "connection/"))
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> name.substring(0, name.length() - ".class".length()))
                        .forEach(name ->
                                load(name.replace('/', '.'), TrainingIndex.class.getClassLoader()));
            }
        }
    }

    private static void load(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e); // its file is there
        }
    }

    private static void answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String name = path.replaceAll("/$", "").replaceAll(".*/", "").replaceAll("-.*", "");
        boolean page = path.startsWith("/simple/");
        byte[] body =
                path.endsWith(".whl")
                        ? TrainingWheel.of(name, metadata(name))
                        : (page ? page(name) : metadata(name)).getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            page ? "application/vnd.pypi.simple.v1+json" : "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(String name) {
        String file = name + "-1.0-py3-none-any.whl";
        byte[] wheel = TrainingWheel.of(name, metadata(name));
        return """
        {"meta": {"api-version": "1.1"}, "name": "%s", "files": [{"filename": "%s", "url": "/files/%s", "size": %d, \
        "hashes": {"sha256": "%s"}, "upload-time": "2020-01-01T00:00:00Z", "core-metadata": true}]}\
        """
                .formatted(
                        name,
                        file,
                        file,
                        wheel.length,
                        HexFormat.of().formatHex(TrainingWheel.sha256(wheel)));
    }

    private static String metadata(String name) {
        return "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n%s"
                .formatted(
                        name,
                        name.equals("example")
                                ? "Requires-Dist: needed>=1; python_version > '3'\n"
                                : "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
