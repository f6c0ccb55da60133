package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.format.PolicyFormat;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyFormatTest {
    private static final List<String> BLANKS =
            List.of(
                    " ",
                    "\n",
                    "\n\n\n",
                    "\t ",
                    " // said\n",
                    "\n// alone\n",
                    " /* in */ ",
                    "\n\n/* two\n   lines */\n");

    private static PolicyFile file(String text) {
        return new PolicyFile(Layer.PROJECT, "policies/own.drl", text, true);
    }

    private static String laid(String text) {
        return PolicyFormat.of(file(text)) instanceof PolicyFormat.Result.Laid(String laid)
                ? laid
                : "unreadable";
    }

    @Test
    void whatIsWrittenInAnyWayHasOneLayout() {
        String text =
                """
                package   team.network ;
                // ours


                // and theirs
                import dev.blast.rules.fact.* ;
                rule "our store"   @reason( "fixtures" ) // they are there
                @owner("net")
                // while they run
                when   // here
                Session(command in("pytest","python"),ci==false)

                   // the store
                   $c:Connection(host glob "*.example",(port==443||port==8443),$p:port) or Connection( port == -1 )

                   not  ( exists Candidate( ) and Session( ci == true ) )
                then allow( ) ; limitBandwidth( "5 MB/s" );   // enough
                  warn( "to ${$p}" )
                  ;
                // that is all
                end ;
                rule "other" when Session() then hidden(
                    // keys
                    "~/keys"
                ); end
                // the end\
                """;
        assertThat(laid(text))
                .isEqualTo(
                        """
                        package team.network

                        // ours

                        // and theirs
                        import dev.blast.rules.fact.*

                        rule "our store"
                            @reason("fixtures") // they are there
                            @owner("net")
                            // while they run
                        when // here
                            Session( command in ( "pytest", "python" ), ci == false )

                            // the store
                            $c : Connection( host glob "*.example", ( port == 443 || port == 8443 ), $p : port ) or Connection( port == -1 )

                            not ( exists Candidate( ) and Session( ci == true ) )
                        then
                            allow();
                            limitBandwidth( "5 MB/s" ); // enough
                            warn( "to ${$p}" );
                            // that is all
                        end

                        rule "other"
                        when
                            Session( )
                        then
                            hidden(
                            // keys
                            "~/keys"
                        );
                        end

                        // the end
                        """);
    }

    @Test
    void whatIsTooLongHasALineForEachPart() {
        String text =
                """
                rule "long"
                when
                    Connection( host == "a-rather-long-name.of-a-host.example", port == 443, program == "/usr/bin/something-long", $p : port )
                then
                    hidden( "/a/rather/long/path/to/something", "/another/one/that/is/as/long", "/and/a/third/one/that/is/longer/still" );
                end
                """;
        assertThat(laid(text))
                .isEqualTo(
                        """
                        rule "long"
                        when
                            Connection(
                                host == "a-rather-long-name.of-a-host.example",
                                port == 443,
                                program == "/usr/bin/something-long",
                                $p : port
                            )
                        then
                            hidden(
                                "/a/rather/long/path/to/something",
                                "/another/one/that/is/as/long",
                                "/and/a/third/one/that/is/longer/still"
                            );
                        end
                        """);
        assertThat(laid(laid(text))).isEqualTo(laid(text));
    }

    @Test
    void shippedPoliciesAreLaidOut() {
        for (PolicyFile shipped : Fixtures.shipped()) {
            assertThat(laid(shipped.text())).as(shipped.displayPath()).isEqualTo(shipped.text());
        }
    }

    @Test
    void whatCannotBeReadStaysAndItsFaultsAreSaid() {
        assertThat(PolicyFormat.of(file("rule \"a\" when Session( then end")))
                .isInstanceOfSatisfying(
                        PolicyFormat.Result.Unreadable.class,
                        it ->
                                assertThat(it.faults())
                                        .extracting(Diagnostic::line)
                                        .isNotEmpty()
                                        .containsOnly(1));
    }

    @Test
    void blanksAndCommentsAnywhereKeepEveryWordAndOneLayout() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            List<PolicyFile> shipped = Fixtures.shipped();
            String text = shipped.get((int) (seed % shipped.size())).text();
            String scattered = scattered(text, random);
            String once = laid(scattered);
            assertThat(words(once)).as("seed %d", seed).isEqualTo(words(text));
            assertThat(laid(once)).as("seed %d\n%s", seed, scattered).isEqualTo(once);
        }
    }

    /** The same words with other blanks, and with comments, between some of them. */
    private static String scattered(String text, Random random) {
        var out = new StringBuilder();
        int before = 0;
        for (Token token : Tokenizer.tokens(text)) {
            String between = text.substring(before, token.span().start());
            boolean touches = token.text().equals(".") || out.toString().endsWith(".");
            out.append(
                    random.nextInt(4) == 0 && !touches
                            ? BLANKS.get(random.nextInt(BLANKS.size()))
                            : between);
            out.append(token.text());
            before = token.span().end();
        }
        return out.toString();
    }

    private static List<String> words(String text) {
        return Tokenizer.tokens(text).stream().map(Token::text).toList();
    }
}
