package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverFileTest {

    /** A stroke stands for the end of a line. */
    @ParameterizedTest(name = "from {0}")
    @CsvSource(
            delimiter = ':',
            quoteCharacter = '"',
            textBlock =
                    """
                    ""                                               : ""
                    nameserver 192.0.2.53/search corp.example b.example : search corp.example b.example
                    search a.example/domain b.example c.example      : search b.example
                    domain b.example/search a.example                : search a.example
                    search a.example # b.example                     : search a.example
                    search a.example ;b                              : search a.example
                    search\ta.example\t                              : search a.example
                    search a.example\r                               : search a.example
                    " search a.example"                              : ""
                    #search a.example/; search b.example             : ""
                    searching a.example                              : ""
                    search .                                         : ""
                    search                                           : ""
                    search a.example/search                          : ""
                    search a..b -x_y.example. b$(c) \u00fc.example   : search -x_y.example.
                    sortlist 192.0.2.0/options rotate trust-ad       : ""
                    options edns0 trust-ad/options use-vc            : options edns0 use-vc
                    options single-request single-request-reopen no-aaaa no-tld-query no-check-names : options single-request single-request-reopen no-aaaa no-tld-query no-check-names
                    options inet6 debug no-reload nameserver         : ""
                    """)
    void theServerIsItsOwnAndTheListIsTheMachines(String outside, String inside) {
        assertThat(ResolverFile.inside(outside.replace('/', '\n')))
                .isEqualTo("nameserver 127.0.0.1\n" + lines(inside));
    }

    @ParameterizedTest(name = "from {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    options ndots:2/options ndots:5 timeout:1 attempts:3 | options ndots:5 timeout:1 attempts:3
                    options ndots: ndots:-1 timeout:1s attempts:9999     | ''
                    search a.example/options ndots:1                     | search a.example/options ndots:1
                    """)
    void ofSeveralValuesTheLastCounts(String outside, String inside) {
        theServerIsItsOwnAndTheListIsTheMachines(outside, inside);
    }

    private static String lines(String text) {
        return Arrays.stream(text.split("/"))
                .filter(line -> !line.isEmpty())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
