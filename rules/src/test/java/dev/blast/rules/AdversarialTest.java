package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every place where stock DRL runs code of the file's author, and some more: each is refused, and
 * nothing has run. The payload is visible in the host's system properties.
 */
final class AdversarialTest {
    private static final String PAYLOAD = "System.setProperty(\"blast.owned\", \"yes\")";
    private static final String REFLECTED =
            "host.getClass().forName(\"java.lang.System\").getMethod(\"setProperty\", String.class, String.class)"
                    + ".invoke(null, \"blast.owned\", \"yes\")";

    @AfterEach
    void nothingHasRun() {
        assertThat(System.getProperty("blast.owned")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule \"r\" when Connection( ) then PAYLOAD; allow(); end",
                "rule \"r\" dialect \"mvel\" when Connection( ) then PAYLOAD; allow(); end",
                "rule \"r\" when eval( PAYLOAD == null ) Connection( ) then allow(); end",
                "rule \"r\" when Connection( eval( PAYLOAD == null ) ) then allow(); end",
                "rule \"r\" when Connection( java.lang.PAYLOAD == null ) then allow(); end",
                "rule \"r\" when Connection( host == java.lang.PAYLOAD ) then allow(); end",
                "rule \"r\" when Connection( REFLECTED == null ) then allow(); end",
                "rule \"r\" when Connection( host == \"x\" || PAYLOAD == null ) then allow(); end",
                "rule \"r\" when $x : String( ) from PAYLOAD Connection( ) then allow(); end",
                "rule \"r\" when Connection( ) from PAYLOAD then allow(); end",
                "query \"q\" eval( PAYLOAD == null ) end rule \"r\" when Connection( ) then allow(); end",
                "declare T f : String = PAYLOAD end rule \"r\" when Connection( ) then allow(); end",
                "rule \"r\" enabled ( PAYLOAD == null ) when Connection( ) then allow(); end",
                "rule \"r\" salience ( PAYLOAD == null ? 1 : 2 ) when Connection( ) then allow(); end",
                "rule \"r\" timer ( expr: PAYLOAD ) when Connection( ) then allow(); end",
                "rule \"r\" duration ( PAYLOAD ) when Connection( ) then allow(); end",
                "function void f() { PAYLOAD; } rule \"r\" when Connection( ) then f(); end",
                "import function java.lang.System.setProperty; rule \"r\" when Connection( ) then allow(); end",
                "import static java.lang.System.*; rule \"r\" when Connection( ) then allow(); end",
                "global java.lang.System s; rule \"r\" when Connection( ) then allow(); end",
                "rule \"r\" when accumulate( Connection( $p : port ); $s : sum( PAYLOAD ) ) then allow(); end",
                "rule \"r\" when Number( ) from accumulate( Connection( ), init( PAYLOAD; ) action( ) result( 1 ) ) then allow(); end",
                "rule \"r\" when forall( Connection( eval( PAYLOAD == null ) ) ) then allow(); end",
                "rule \"r\" when Connection( ) @watch( PAYLOAD ) then allow(); end",
                "rule \"r\" @reason( PAYLOAD ) when Connection( ) then allow(); end",
                "@reason( PAYLOAD ) rule \"r\" when Connection( ) then allow(); end",
                "rule \"r\" when Connection( ) then deny( PAYLOAD ); end",
                "rule \"r\" when Connection( ) then deny( \"${PAYLOAD}\" ); end",
                "rule \"r\" when Connection( $h : host ) then deny( \"${$h.getClass()}\" ); end",
                "rule \"r\" when Connection( $h : host ) then deny( $h.concat( PAYLOAD ) ); end",
                "rule \"r\" when Connection( host matches \"x\" + PAYLOAD ) then allow(); end",
                "rule \"r\" when Connection( this.REFLECTED == null ) then allow(); end",
                "rule \"r\" when Connection( host#String.length == 1 ) then allow(); end",
                "rule \"r\" when Connection( ) then } PAYLOAD; { end",
                "rule \"r\" when Connection( ) then allow(); } static { PAYLOAD; } void x() { end",
                "rule \"r\" when Connection( port == 1 ) && eval( PAYLOAD == null ) then allow(); end",
                "rule \"r\" when Connection( ) do[x] then allow(); then[x] PAYLOAD; end",
                "rule \"r\" when if ( PAYLOAD == null ) do[x] Connection( ) then allow(); end",
                "rule \"r\" when Connection( host == ( new String( PAYLOAD ) ) ) then allow(); end",
                "rule \"r\" when Connection( host == ( $x -> PAYLOAD ) ) then allow(); end",
                "rule \"r\" when Connection( host in ( PAYLOAD ) ) then allow(); end",
                "rule \"r\" when Connection( address within \"10.0.0.0/8\".concat( PAYLOAD ) ) then allow(); end",
                "rule \"r\" when /connections[ PAYLOAD == null ] then allow(); end",
                "rule \"r\" when ?q( PAYLOAD; ) Connection( ) then allow(); end",
                "rule \"r\" extends \"x\" when Connection( ) then PAYLOAD; allow(); end",
                "unit java.lang.System; rule \"r\" when Connection( ) then allow(); end",
                "package a.b; PAYLOAD; rule \"r\" when Connection( ) then allow(); end",
                "package a.PAYLOAD\nrule \"r\" when Connection( ) then allow(); end",
                "rule \"r\" when Connection( ) then allow(); end PAYLOAD;",
                "rule \"r\" when Connection( ) then modify( $c ) { setPort( PAYLOAD ) }; end",
                "rule \"r\" when Connection( host str[PAYLOAD] \"x\" ) then allow(); end"
            })
    void isRefused(String text) {
        String armed = text.replace("PAYLOAD", PAYLOAD).replace("REFLECTED", REFLECTED);
        assertThat(Policy.load(List.of(Fixtures.file(armed)))).isInstanceOf(Loading.Refused.class);
    }
}
