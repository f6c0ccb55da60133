package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
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
