package dev.blast.environment.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no UTF-8 is said with its place; a mark at the beginning is no part of a text. */
final class PolicyTextTest {
    @TempDir Path folder;

    private Path file(byte... bytes) throws Exception {
        return Files.write(folder.resolve("a.drl"), bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16,UTF-16",
        "UTF-32BE,'line 2, column 24'",
        "ISO-8859-1,'line 2, column 6'",
        "windows-1252,'line 2, column 6'"
    })
    void isReadAsUtf8Only(String charset, String said) throws Exception {
        Path file = file("// a\n// gr\u00fcn\n".getBytes(Charset.forName(charset)));
        assertThatThrownBy(() -> new PolicyText().read(file))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("save it as UTF-8");
    }

    @Test
    void overlongFormsAndSurrogatesAreNone() throws Exception {
        for (byte[] bytes :
                new byte[][] {
                    {'a', '\n', 'b', (byte) 0xC0, (byte) 0x80},
                    {'a', '\n', 'b', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
                    {'a', '\n', 'b', (byte) 0xE2, (byte) 0x82},
                    {'a', '\n', 'b', (byte) 0xFF}
                }) {
            Path file = file(bytes);
            assertThatThrownBy(() -> new PolicyText().read(file))
                    .hasMessageContaining("is not UTF-8 at line 2, column 2");
        }
    }

    @Test
    void aMarkIsTakenOff() throws Exception {
        assertThat(new PolicyText().read(file("\uFEFFrule\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("rule\n");
        assertThatThrownBy(() ->
                        new PolicyText().read(file((byte) 0xFF, (byte) 0xFE, (byte) 0, (byte) 0)))
                .hasMessageContaining("is UTF-32, by the mark at its beginning");
    }

    @Test
    void whatIsTooLargeIsNotRead() throws Exception {
        Path file = file(new byte[5 * 1024 * 1024]);
        assertThatThrownBy(() -> new PolicyText().read(file))
                .hasMessageContaining("those of its folder are larger than 4 MiB");
        var room = new PolicyText();
        Path half = file(" ".repeat(3 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(room.read(half)).hasSize(3 << 20);
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> room.read(half))
                    .hasMessageContaining("those of its folder are larger than 4 MiB");
        }
    }

    @Test
    void sideFilesOfEditorsAreNoPoliciesAndTheRestIsNamed() throws Exception {
        for (String name :
                new String[] {
                    "a.drl",
                    "a.drl~",
                    "#a.drl#",
                    ".a.drl.swp",
                    "4913",
                    "README.md",
                    "a.test.toml",
                    "b.DRL",
                    "c.drools",
                    ".d.drl",
                    "e.test.toml"
                }) {
            Files.writeString(folder.resolve(name), "");
        }
        Files.createSymbolicLink(folder.resolve(".#a.drl"), Path.of("user@host.1234:5678"));
        Files.createDirectories(folder.resolve("team"));
        Files.writeString(folder.resolve("team/f.drl"), "");
        var policies = new PolicyFolder(folder);
        assertThat(policies.files()).containsExactly(folder.resolve("a.drl"));
        assertThat(policies.passedOver().keySet())
                .extracting(it -> folder.relativize(it).toString())
                .containsExactlyInAnyOrder(
                        "b.DRL", "c.drools", ".d.drl", "e.test.toml", "team/f.drl");
        assertThat(new PolicyFolder(folder.resolve("nowhere")).files()).isEmpty();
    }
}
