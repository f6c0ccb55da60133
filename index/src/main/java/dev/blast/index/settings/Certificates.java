package dev.blast.index.settings;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.packaging.IoFailure;
import dev.blast.packaging.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Authorities to trust, from a PEM file or a folder of PEM files, as OpenSSL's {@code
 * SSL_CERT_FILE} and {@code SSL_CERT_DIR}.
 */
public final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** The authorities that are found there, and no others. */
    public static KeyStore store(List<Path> filesAndFolders) throws IndexException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Path place : filesAndFolders) {
                addAll(store, factory, place);
            }
            if (store.size() == 0) {
                throw new IndexException(
                        Kind.CONFIGURATION,
                        "%s holds no certificate in PEM form, so no server could be trusted"
                                .formatted(
                                        filesAndFolders.stream()
                                                .map(Path::toString)
                                                .collect(Collectors.joining(", "))));
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IndexException(
                    Kind.CONFIGURATION, "this Java has no key store: " + e.getMessage(), e);
        }
    }

    private static void addAll(KeyStore store, CertificateFactory factory, Path fileOrFolder)
            throws IndexException, GeneralSecurityException {
        try {
            for (Path file : files(fileOrFolder)) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
                    int end = text.indexOf(END, at);
                    if (end < 0) {
                        break;
                    }
                    add(store, factory, text.substring(at, end + END.length()));
                }
            }
        } catch (IOException e) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    Message.of(
                            "cannot read the certificates in %s: %s\nPIP_CERT, SSL_CERT_FILE, SSL_CERT_DIR or pip's configuration names it",
                            fileOrFolder, IoFailure.words(e)),
                    e);
        }
    }

    /**
     * A TLS context.
     *
     * @param client a PEM file with a certificate and its key, null for none
     */
    public static SSLContext context(@Nullable Path client, TrustManager[] trust)
            throws IndexException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(client == null ? null : ClientCertificate.read(client), trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IndexException(
                    Kind.CONFIGURATION, "this Java has no TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Adds one certificate; one that Java cannot read (a key type it does not know) is left out, as
     * OpenSSL does.
     */
    private static void add(KeyStore store, CertificateFactory factory, String pem)
            throws GeneralSecurityException {
        try {
            Certificate certificate =
                    factory.generateCertificate(
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
            store.setCertificateEntry("ca" + store.size(), certificate);
        } catch (CertificateException e) {
            // said where none is left
        }
    }

    private static List<Path> files(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> children = Files.list(fileOrFolder)) {
            return children.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
