package dev.blast.index.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.Credentials;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetrcTest {

    @Test
    void readsMachinesOnOneLineAndOnMany() {
        String text =
                """
                # machine commented.example login no password no
                machine One.example login a password b
                machine two.example
                  login "c d"
                  account x
                  password #e
                macdef init
                machine macro.example login m password m

                machine empty.example
                machine one.example login second password second
                default login anonymous password me@
                """;
        assertThat(Netrc.parse(text.lines().toList()))
                .isEqualTo(
                        Map.of(
                                "one.example", new Credentials("a", "b"),
                                "two.example", new Credentials("c d", "#e"),
                                "", new Credentials("anonymous", "me@")));
    }

    @Test
    void whatEndsEarlyGivesWhatThereIs() {
        assertThat(Netrc.parse(List.of("machine"))).isEmpty();
        assertThat(Netrc.parse(List.of("machine a.example login x password")))
                .isEqualTo(Map.of("a.example", new Credentials("x", "")));
    }
}
