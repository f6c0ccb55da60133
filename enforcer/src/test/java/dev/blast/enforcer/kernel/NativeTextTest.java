package dev.blast.enforcer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeTextTest {
    @Test
    void noByteIsLost() {
        for (long seed = 0; seed < 5000; seed++) {
            byte[] bytes = anyBytes(new Random(seed));
            String text = NativeText.of(bytes);
            assertThat(NativeText.bytes(text)).as("seed %d", seed).isEqualTo(bytes);
            String read = new String(bytes, StandardCharsets.UTF_8);
            assertThat(NativeText.isText(text))
                    .as("seed %d", seed)
                    .isEqualTo(read.indexOf('\ufffd') < 0);
        }
    }

    @Test
    void whatIsTextStaysAsItIs() {
        for (String text : new String[] {"", "a", "é", "\ufffd", "😀", "\u0000"}) {
            assertThat(NativeText.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
            assertThat(NativeText.isText(text)).isTrue();
        }
        assertThat(NativeText.of(new byte[] {'c', (byte) 0xe9})).isEqualTo("c\udce9");
    }

    /** ASCII, whole and broken characters, halves of pairs as some programs write them. */
    private static byte[] anyBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(3) == 0) {
                bytes[i] = (byte) 'a';
            }
            if (random.nextInt(8) == 0 && i + 2 < bytes.length) {
                bytes[i++] = (byte) 0xed;
                bytes[i++] = (byte) 0xb3;
                bytes[i] = (byte) 0xa9;
            }
        }
        return bytes;
    }
}
