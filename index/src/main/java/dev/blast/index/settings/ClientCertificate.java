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
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** By whom a server knows us: pip's {@code client-cert}, one PEM file with certificates and key. */
final class ClientCertificate {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private ClientCertificate() {}

    static KeyManager[] read(Path file) throws IndexException {
        PrivateKey key = null;
        var chain = new ArrayList<Certificate>();
        try {
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (block.find()) {
                byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
                switch (block.group(1)) {
                    case "CERTIFICATE" ->
                            chain.add(
                                    certificates.generateCertificate(
                                            new ByteArrayInputStream(bytes)));
                    case "PRIVATE KEY" -> key = key(bytes);
                    default -> {} // said below where nothing else is there
                }
            }
            if (key == null || chain.isEmpty()) {
                throw unusable(file, key == null ? "no key in it" : "no certificate in it", null);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("client", key, new char[0], chain.toArray(new Certificate[0]));
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            return managers.getKeyManagers();
        } catch (IOException e) {
            throw unusable(file, IoFailure.words(e), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // a key of another kind
            }
        }
        throw new InvalidKeySpecException("its key is of no known kind");
    }

    private static IndexException unusable(Path file, String why, @Nullable Exception cause) {
        return new IndexException(
                Kind.CONFIGURATION,
                Message.of(
                        "the client certificate %s (PIP_CLIENT_CERT, SSL_CLIENT_CERT) cannot be used: %s\nit must hold BEGIN CERTIFICATE and an unencrypted BEGIN PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt)",
                        file, why),
                cause);
    }
}
