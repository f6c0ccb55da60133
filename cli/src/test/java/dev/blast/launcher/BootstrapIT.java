package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./blast} brings where there is neither a JDK nor a Maven, from a mirror on loopback.
 */
final class BootstrapIT {
    /** All there is on PATH: neither curl nor wget. */
    private static final List<String> TOOLS =
            List.of(
                    "sh",
                    "python3",
                    "find",
                    "stat",
                    "mkdir",
                    "rm",
                    "cksum",
                    "tr",
                    "flock",
                    "readlink",
                    "mktemp",
                    "mv",
                    "cp",
                    "sed",
                    "awk",
                    "grep",
                    "touch",
                    "date",
                    "sort",
                    "xargs",
                    "cut",
                    "cat",
                    "head",
                    "chmod",
                    "sha256sum",
                    "sha512sum",
                    "tar",
                    "gzip",
                    "mkfifo",
                    "sleep",
                    "nice",
                    "setsid",
                    "ln");

    @TempDir Path folder;
    private Checkout checkout;
    private HttpServer mirror;
    private Path jdk;
    private Path maven;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private volatile boolean cut;

    /** The JDK asked for is of a version that no machine has, so that its own JDKs play no part. */
    @BeforeEach
    void aFreshMachine() throws IOException, InterruptedException {
        checkout = Checkout.in(folder);
        Path wanted = checkout.root().resolve("launcher/jdk.sh");
        Files.writeString(
                wanted, Files.readString(wanted).replace("BLAST_JDK=25", "BLAST_JDK=100"));
        Checkout.jdk(checkout.scratch().resolve("jdk-100"), "100.0.1");
        jdk = archive("jdk-100");
        Files.createDirectories(checkout.scratch().resolve("apache-maven-9/bin"));
        Files.move(
                checkout.scratch().resolve("tools/mvn"),
                checkout.scratch().resolve("apache-maven-9/bin/mvn"));
        maven = archive("apache-maven-9");
        for (String tool : TOOLS) {
            link(tool);
        }
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/", this::answer);
        mirror.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        mirror.start();
        pin(sha256(jdk), sha256(maven));
    }

    @AfterEach
    void close() throws InterruptedException {
        mirror.stop(0);
        checkout.awaitProcesses();
    }

    @Test
    void bothAreBroughtOnceAndFoundWithoutANetwork() throws Exception {
        Shell.Ended first = blast(bare());

        assertThat(first.out()).as(first.err()).isEqualTo("Blast one\n");
        assertThat(first.err().lines().limit(2))
                .containsExactly(
                        "blast: no fitting jdk is here; fetching jdk 100.0.1 from %s/jdk-100.tar.gz into %s"
                                .formatted(address(), tools().resolve("jdk-100.0.1-any")),
                        "blast: no fitting maven is here; fetching maven 9 from %s/apache-maven-9.tar.gz into %s"
                                .formatted(address(), tools().resolve("maven-9-any")));
        assertThat(left()).containsExactly("jdk-100.0.1-any", "lock", "maven-9-any");
        mirror.stop(0);
        Files.writeString(checkout.main(), "Blast two");
        assertThat(blast(bare()).out()).startsWith("Blast two");
        assertThat(requests).hasValue(2);
    }

    @Test
    void anotherHashIsNotUnpacked() throws Exception {
        pin("0".repeat(64), sha256(maven));

        assertFails(
                bare(),
                "%s/jdk-100.tar.gz is not jdk 100.0.1: its sha256 is %s, and launcher/pins has %s."
                        .formatted(address(), sha256(jdk), "0".repeat(64)));
    }

    @Test
    void aConnectionThatIsCutCountsAsNone() throws Exception {
        cut = true;

        assertFails(bare(), "/jdk-100.tar.gz could not be fetched.");
    }

    @Test
    void whatIsInterruptedLeavesNothingBehind() throws Exception {
        hold = new CountDownLatch(1);
        Shell.Running running = bare().start(checkout.root().resolve("blast").toString());
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        running.process().destroy();

        assertThat(running.ended().status()).isEqualTo(143);
        assertThat(left()).containsExactly("lock");
        hold.countDown();
        assertThat(blast(bare()).out()).isEqualTo("Blast one\n");
    }

    @Test
    void withoutAMirrorItSaysWhatToName() throws Exception {
        mirror.stop(0);

        assertFails(bare(), "or a mirror or file to name in BLAST_JDK_ARCHIVE?");
    }

    @Test
    void nothingIsDownloadedWhereAPersonSaysSo() throws Exception {
        assertFails(
                bare().with("BLAST_DOWNLOAD", "never"),
                "no jdk is downloaded, because BLAST_DOWNLOAD is never");
        assertThat(requests).hasValue(0);
    }

    @Test
    void filesDoAsWellAndAreHeldAgainstTheSameHash() throws Exception {
        Shell files =
                bare().with("BLAST_DOWNLOAD", "never")
                        .with("BLAST_JDK_ARCHIVE", jdk.toString())
                        .with("BLAST_MAVEN_ARCHIVE", maven.toString());

        assertFails(files.with("BLAST_JDK_ARCHIVE", maven.toString()), "is not jdk 100.0.1");
        assertThat(blast(files).out()).isEqualTo("Blast one\n");
        assertThat(requests).hasValue(0);
    }

    @Test
    void twoAtOnceBringOne() throws Exception {
        Shell.Running one = bare().start(checkout.root().resolve("blast").toString());
        Shell.Running two = bare().start(checkout.root().resolve("blast").toString());

        assertThat(one.ended().out()).startsWith("Blast one");
        assertThat(two.ended().out()).startsWith("Blast one");
        assertThat(requests).hasValue(2);
        assertThat(left()).containsExactly("jdk-100.0.1-any", "lock", "maven-9-any");
    }

    private void assertFails(Shell shell, String message) throws Exception {
        Shell.Ended ended = blast(shell);
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains(message, "no JDK 100 with a compiler was found");
        assertThat(left()).isSubsetOf("lock");
    }

    private Shell.Ended blast(Shell shell) throws IOException, InterruptedException {
        return shell.run(checkout.root().resolve("blast").toString());
    }

    private Shell bare() {
        return checkout.shell()
                .with("PATH", checkout.scratch().resolve("tools").toString())
                .without("JAVA_HOME");
    }

    private Path tools() {
        return checkout.scratch().resolve("home/.cache/blast/tools");
    }

    private List<String> left() throws IOException {
        if (!Files.exists(tools())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(tools())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void pin(String jdkHash, String mavenHash) throws IOException {
        Files.writeString(
                checkout.root().resolve("launcher/pins"),
                """
                jdk any 100.0.1 %s %s/jdk-100.tar.gz
                maven any 9 %s %s/apache-maven-9.tar.gz
                """
                        .formatted(jdkHash, address(), mavenHash, address()));
    }

    private String address() {
        return "http://127.0.0.1:" + mirror.getAddress().getPort();
    }

    private void link(String tool) throws IOException {
        for (String place : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
            Path real = Path.of(place, tool);
            if (Files.exists(real)) {
                Files.createSymbolicLink(checkout.scratch().resolve("tools").resolve(tool), real);
                return;
            }
        }
        throw new AssertionError("not on this machine: " + tool);
    }

    private Path archive(String name) throws IOException, InterruptedException {
        Path file = checkout.scratch().resolve(name + ".tar.gz");
        Shell.Ended ended =
                checkout.shell().run("tar", "-czf", file.toString(), "--remove-files", name);
        assertThat(ended.status()).as(ended.err()).isZero();
        return file;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        asked.countDown();
        try {
            hold.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        byte[] bytes =
                Files.readAllBytes(
                        checkout.scratch()
                                .resolve(exchange.getRequestURI().getPath().substring(1)));
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
