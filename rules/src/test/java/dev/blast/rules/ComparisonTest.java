package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.compare.ChangeText;
import dev.blast.rules.compare.EarlierRequest;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyChange.State;
import dev.blast.rules.compare.PolicyComparison;
import dev.blast.rules.compare.Turn;
import dev.blast.rules.compare.TurnKind;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an edit changes in meaning. */
final class ComparisonTest {

    private static Policy own(String rules) {
        return own(rules, true);
    }

    private static Policy own(String rules, boolean trusted) {
        var files = new ArrayList<PolicyFile>(Fixtures.shipped());
        if (!rules.isEmpty()) {
            files.add(new PolicyFile(Layer.PROJECT, "policies/own.drl", rules, trusted));
        }
        return Fixtures.policy(files);
    }

    private static String rule(String text) {
        return text.isEmpty() ? "" : "rule \"r\" when " + text + " end";
    }

    private static PolicyChange change(String before, String after) {
        return PolicyComparison.of(own(rule(before)), own(rule(after)), EarlierRequests.NONE);
    }

    /** One line for each turn: where to, the first request, from what to what. */
    private static List<String> turns(PolicyChange change) {
        return change.turns().stream()
                .map(it ->
                        "%s %s: %s, %s"
                                .formatted(
                                        it.direction(),
                                        it.examples().getFirst().request(),
                                        it.before().answer(),
                                        it.after().answer()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            textBlock =
                    """
                    Connection( port == 443 ) then allow(); ¦ Connection( port in ( 443, 80 ) ) then allow(); ¦ OPENS Connection( host == "some.example", port == 80 ): denied, allowed
                    Connection( port > 1023, host == "a.b" ) then allow(); ¦ Connection( port > 1024, host == "a.b" ) then allow(); ¦ CLOSES Connection( host == "a.b", port == 1024 ): allowed, denied
                    Candidate( ageDays < 7 ) then hold( "x" ); ¦ Candidate( ageDays < 7 ) then deny( "x" ); ¦ CLOSES Candidate( name == "some", version == "1.0", ageDays == 3 ): held, denied
                    Candidate( ageDays < 7 ) then hold( "x" ); ¦ Candidate( ageDays < 7 ) then hold( "y" ); ¦ OTHERWISE Candidate( name == "some", version == "1.0", ageDays == 3 ): held, held
                    Candidate( name == "a" ) then prefer( 5 ); ¦ Candidate( name == "a" ) then avoid( 5 ); ¦ OTHERWISE Candidate( name == "a", version == "1.0" ): allowed, +5 points, allowed, -5 points
                    Candidate( name == "a" ) then warn( "x" ); ¦ ¦ OTHERWISE Candidate( name == "a", version == "1.0" ): allowed, with a warning, allowed
                    Session( ) then readable( "/srv/a" ); ¦ Session( ) then writable( "/srv/a" ); ¦ OPENS path /srv/a: readable, writable
                    Session( ) then hidden( "./s" ); ¦ Session( ) then hidden( "./t" ); ¦ OPENS path ./s: hidden, writable
                    Session( ) then limitMemory( "2 GiB" ); ¦ Session( ) then limitMemory( "2 GB" ); ¦ OTHERWISE limit memory: at most 2 GiB, at most 2 GB
                    Session( ) then limitTime( "90 s" ); ¦ ¦ OTHERWISE limit time: at most 90 s, no limit
                    ¦ Session( ) then denySyscalls( "ioctl" ); ¦ CLOSES syscall ioctl: allowed, denied
                    ¦ Session( command == "gdb" ) then allowSyscalls( "ptrace" ); ¦ OPENS syscall ptrace in Session( command == "gdb" ): denied, allowed
                    ¦ Session( ) then passVariable( "A_*" ); ¦ OPENS variable A_X: not there, passed on
                    Session( ) then setVariable( "A", "1" ); ¦ Session( ) then setVariable( "A", "2" ); ¦ OTHERWISE variable A: set to "1", set to "2"
                    Sync( firstTime == true ) then use( "newest" ); ¦ Sync( firstTime == true ) then use( "lowest" ); ¦ OTHERWISE Sync( firstTime == true ): newest, lowest
                    Strategy( name == "q" ) then rank( 1, "newest" ); ¦ Strategy( name == "q" ) then rank( 1, "newest", 2 ); ¦ OTHERWISE Strategy( name == "q" ): 1 newest, 1 newest × 2
                    Relaxation( kind == DROP ) then deny( "x" ); ¦ Relaxation( kind == DROP ) then cost( 7 ); ¦ OPENS Relaxation( kind == DROP, package == "some" ): must not be let go, costs 7
                    Candidate( name == "a" ) Companion( name == "b" ) then deny( "x" ); ¦ ¦ OPENS Candidate( name == "a", version == "1.0" ) Companion( name == "b", version == "1.0" ): denied, allowed
                    exists Distribution( name == "torch" ) Connection( port == 1 ) then allow(); ¦ ¦ CLOSES Connection( host == "some.example", port == 1 ) beside Distribution( name == "torch", version == "1.0" ): allowed, denied
                    """)
    void whatTurnsIsToldWithARequest(String before, String after, String turn) {
        PolicyChange change = change(before == null ? "" : before, after == null ? "" : after);
        assertThat(turns(change)).contains(turn);
        assertThat(change.isProvedSame()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            textBlock =
                    """
                    Connection( port > 1023 ) then allow(); ¦ Connection( port >= 1024 ) then allow();
                    Connection( port == 1 || port == 2 ) then allow(); ¦ Connection( port in ( 2, 1 ) ) then allow();
                    Connection( port == 1 ) then allow(); ¦ Connection( port == 1, port < 7 ) then allow();
                    Session( ci == true ) then readable( "/a" ); ¦ Session( ci != false ) then readable( "/a" );
                    Session( ci == true ) then readable( "/a", "/b" ); ¦ Session( ci == true ) then readable( "/b" ); readable( "/a" );
                    Connection( port == 1, $h : host ) then deny( "${$h}" ); ¦ Connection( $x : host, port == 1 ) then deny( "${$x}" );
                    """)
    void whatMeansTheSameIsProved(String before, String after) {
        PolicyChange change = change(before, after);
        assertThat(turns(change)).isEmpty();
        assertThat(change.isProvedSame()).isTrue();
    }

    @Test
    void layoutCommentsNamesAndPlacesChangeNothing() {
        String before =
                """
                rule "a" when Connection( port == 1 ) then allow(); end
                rule "b" when Session( ) then readable( "/a" ); writable( "/b" ); end
                """;
        String after =
                """
                // a comment
                rule "b, the first half" when Session( ) then readable( "/a" ); end

                rule "other"
                when
                    Connection( port == 1 )
                then
                    allow();
                end
                rule "b, the second half" when Session( ) then writable( "/b" ); end
                """;
        PolicyChange change = PolicyComparison.of(own(before), own(after), EarlierRequests.NONE);
        assertThat(change.turns()).isEmpty();
        assertThat(change.questions()).isEmpty();
        assertThat(change.moved())
                .extracting(it -> it.from() + " " + it.to() + " " + it.is())
                .containsExactly("a other policies/own.drl:4");
        assertThat(new ChangeText(change, ChangeText.Heading.PLAIN).all("HEAD"))
                .isEqualTo(
                        """
                        compared with HEAD

                        "a" is called "other" now (policies/own.drl:4), and says the same
                        the same meaning: no rule says anything else
                        """);
    }

    @Test
    void trustIsADifferenceOfItsOwn() {
        String rules = rule("Connection( port == 1 ) then allow();");
        PolicyChange change =
                PolicyComparison.of(own(rules, false), own(rules), EarlierRequests.NONE);
        assertThat(turns(change))
                .containsExactly(
                        "OPENS Connection( host == \"some.example\", port == 1 ): denied, allowed");
        assertThat(new ChangeText(change, ChangeText.Heading.PLAIN).opening("nothing"))
                .isEqualTo(
                        """
                        compared with nothing

                        OPENS, and was closed
                          Connection( host == "some.example", port == 1 )
                              before  denied   no rule answers
                              after   allowed  policies/own.drl:1 "r"

                        """);
    }

    /** What nobody can tell apart, and no proof reaches, is not called the same. */
    @Test
    void whereNothingIsFoundNothingIsClaimed() {
        PolicyChange change =
                change(
                        "Connection( host glob \"*.a\", host glob \"*.b\" ) then allow();",
                        "Connection( host glob \"*.a\", host glob \"*.c\" ) then allow();");
        assertThat(change.turns()).isEmpty();
        assertThat(change.questions()).extracting(it -> it.state()).containsExactly(State.UNPROVED);
        assertThat(change.isProvedSame()).isFalse();
        assertThat(new ChangeText(change, ChangeText.Heading.PLAIN).all("HEAD"))
                .contains("connection: no difference found in ")
                .contains("that there is none is not proved");
    }

    /** They are asked first, and stand first. */
    @Test
    void whatWasAskedBeforeIsTold() {
        EarlierRequests asked =
                question ->
                        question.name().equals("candidate")
                                ? List.of(
                                        EarlierRequest.of(
                                                "the last sync",
                                                question,
                                                Fixtures.SOMEBODY.session(),
                                                List.of(),
                                                List.of(Fixtures.candidate("httpx", "0.28.1"))))
                                : List.of();
        PolicyChange change =
                PolicyComparison.of(
                        own(
                                rule(
                                        "Candidate( name == \"httpx\", version < \"0.28\" ) then deny( \"x\" );")),
                        own(
                                rule(
                                        "Candidate( name == \"httpx\", version < \"0.29\" ) then deny( \"x\" );")),
                        asked);
        Turn turn = change.turns(TurnKind.CLOSES).getFirst();
        assertThat(turn.examples().getFirst().request())
                .isEqualTo("Candidate( name == \"httpx\", version == \"0.28.1\" )");
        assertThat(turn.examples().getFirst().by()).isEqualTo("the last sync");
    }

    /** Two rules set one variable: the session has no answer any more. */
    @Test
    void aPolicyThatBreaksClosesTheSession() {
        PolicyChange change =
                PolicyComparison.of(
                        own(rule("Session( ) then setVariable( \"A\", \"1\" );")),
                        own(
                                rule("Session( ) then setVariable( \"A\", \"1\" );")
                                        + " rule \"s\" when Session( ) then setVariable( \"A\", \"2\" ); end"),
                        EarlierRequests.NONE);
        assertThat(turns(change))
                .singleElement()
                .asString()
                .startsWith("CLOSES session: can be started, no answer: two rules set A");
    }
}
