package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.0,false",
        "0.0.0.0/0,1.2.3.4,true",
        "0.0.0.0/0,::1,false",
        "127.0.0.1/32,127.0.0.1,true",
        "fd00::/8,fdff::1,true",
        "::/0,fe80::1,true",
        "::ffff:10.0.0.0/104,10.1.2.3,true",
        "::ffff:10.0.0.0/104,11.1.2.3,false",
        "::ffff:0:0/96,8.8.8.8,true"
    })
    void contains(String range, String address, boolean contained) {
        assertThat(Cidr.parse(range).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    /** One bit after the other, for addresses that have some or all of a range's in common. */
    @Test
    void containsByBits() throws UnknownHostException {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            InetAddress network = InetAddress.getByAddress(bytes);
            int prefix = random.nextInt(8 * bytes.length + 1);
            int changed = random.nextInt(8 * bytes.length);
            bytes[changed / 8] ^= (byte) (0x80 >> changed % 8);
            InetAddress other = InetAddress.getByAddress(bytes);
            assertThat(new Cidr(network, prefix).contains(other))
                    .as("%s in %s/%d", other, network, prefix)
                    .isEqualTo(changed >= prefix);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "010.0.0.0/8",
                "10.0.0.00/8",
                "10.0.0/8",
                "10/8",
                "0xa.0.0.0/8",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "/8",
                "fe80::%eth0/10",
                "fe80::/129",
                "::ffff:10.0.0.0/8",
                "[::]/0",
                "a.example/8",
                "256.0.0.0/8"
            })
    void whatIsReadDifferentlyIsNotRead(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }
}
