package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.IndexException;
import dev.blast.index.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file behind an address that a person named, with no index configured. */
final class RemoteFileTest {
    private static final String PATH = "/PyPI/all.zip";
    private static final byte[] BYTES = new byte[200_000];

    @TempDir Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private Loopback server;
    private Path into;

    @BeforeEach
    void aServer() throws IOException {
        server = new Loopback();
        into = folder.resolve("into");
        variables.put("PIP_CONFIG_FILE", "/dev/null");
    }

    @AfterEach
    void noServer() {
        server.close();
    }

    @Test
    void isFetchedWithTheCredentialsOfItsAddressAndShownWithoutThem() throws Exception {
        server.on(PATH, Loopback.bytes(BYTES));
        String address = server.uri(PATH).toString().replace("://", "://me:tops3cret@");
        RemoteFile file = RemoteFile.at(address, variables, folder);
        file.fetch(into, BYTES.length, Transfer.SILENT);
        assertThat(into).hasBinaryContent(BYTES);
        assertThat(server.requests().getLast().header("authorization")).startsWith("Basic ");
        assertThat(file.shown()).doesNotContain("tops3cret").contains(PATH);
    }

    @Test
    void beginsAgainWhereAnAnswerBrokeOff() throws Exception {
        server.on(PATH, Loopback.bytes(BYTES).breakingOff(), Loopback.bytes(BYTES));
        file().fetch(into, BYTES.length, Transfer.SILENT);
        assertThat(into).hasBinaryContent(BYTES);
    }

    @Test
    void aLongerAnswerThanIsReadIsAnError() throws Exception {
        server.on(PATH, Loopback.bytes(BYTES));
        RemoteFile file = file();
        assertThatThrownBy(() -> file.fetch(into, BYTES.length - 1L, Transfer.SILENT))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("longer than 199999 bytes");
        assertThat(Files.size(into)).isLessThan(BYTES.length);
    }

    @Test
    void nobodyIsAskedWhereTheNetworkMustNotBeUsed() throws Exception {
        variables.put("UV_OFFLINE", "1");
        RemoteFile file = file();
        assertThatThrownBy(() -> file.fetch(into, BYTES.length, Transfer.SILENT))
                .hasMessageContaining("is not asked: UV_OFFLINE is set");
        assertThat(server.asked()).isEmpty();
    }

    private RemoteFile file() throws IndexException {
        return RemoteFile.at(server.uri(PATH).toString(), variables, folder);
    }
}
