package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Planted mistakes are found, and what looks like them and is none is not blamed. In the rules
 * HOST, NAME, WORD and N stand for something else each time; N1 is N and one more.
 */
final class LintPlantedTest {
    private static final int TIMES = 3;

    private static final Pattern VERB =
            Pattern.compile(
                    " (allow|deny|hold|warn|prefer|limit\\w+|readable|writable|hidden|passVariable)\\b");

    private static final Set<Code> PROVED =
            EnumSet.of(
                    Code.NEVER_FIRES,
                    Code.NEVER_TRUE,
                    Code.EMPTY_NOT,
                    Code.SHADOWED,
                    Code.NEVER_COUNTS,
                    Code.LOOSER_LIMIT);

    /** Conditions that nothing meets. */
    private static final List<String> CONTRADICTIONS =
            List.of(
                    "Connection( port == N, port == N1 )",
                    "Connection( port > N1, port <= N )",
                    "Connection( port in ( N, N1 ), port > N1 )",
                    "Connection( host == \"a.HOST\", host == \"b.HOST\" )",
                    "Connection( host glob \"*.HOST\", host == \"HOST\" )",
                    "Connection( host glob \"*.HOST\", host not glob \"**.HOST\" )",
                    "Connection( host glob \"WORD.*\", host glob \"x*.HOST\" )",
                    "Connection( address within \"10.N.0.0/16\", address within \"10.N1.0.0/16\" )",
                    "Connection( address within \"10.N.0.0/16\", address not within \"10.0.0.0/8\" )",
                    "Connection( address == \"10.0.0.N\", address within \"192.168.0.0/16\" )",
                    "Connection( port == N || port == N1, port > 1000 )",
                    "Connection( toPrivate == true, toPrivate == false )",
                    "Connection( port == N ) Connection( port != N )",
                    "Connection( port == N ) not Connection( port < N1 )",
                    "Connection( host == \"HOST\" ) not Connection( host glob \"**\" )",
                    "Session( ci == true, ci != true ) Connection( )",
                    "Session( purpose in ( RUN, SHELL ), purpose == RESOLVE ) Connection( )",
                    "Session( project under \"/srv/WORD\", project == \"/opt/WORD\" ) Connection( )",
                    "Session( project glob \"~/WORD/*\", project == \"~/WORD\" ) Connection( )",
                    "Session( command == \"WORD\" ) not Session( command in ( \"WORD\", \"x\" ) ) Connection( )",
                    "Candidate( version > \"N1\", version < \"N\" )",
                    "Candidate( version satisfies \"==N.*\", version satisfies \">=N1\" )",
                    "Candidate( version satisfies \">=N1\", version < \"N.5\" )",
                    "Candidate( ageDays >= N1, ageDays < N1 )",
                    "Candidate( license == null, license == \"WORD\" )",
                    "Candidate( name == \"NAME\", name not glob \"NAME*\" )",
                    "Candidate( released > \"2026-01-05\", released < \"2026-01-06\" )",
                    "Candidate( advisories contains \"WORD\", advisories not contains \"WORD\" )",
                    "Candidate( license matches \"WORD.*\", license == \"x-WORD\" )",
                    "Candidate( downloadBytes > \"N1 MB\", downloadBytes < \"N MB\" )",
                    "Distribution( name == \"NAME\", version < \"N\", version > \"N1\" ) Candidate( )",
                    "Distribution( name == \"NAME\" ) not Distribution( name glob \"NAME*\" ) Candidate( )",
                    "exists Distribution( name == \"NAME\" ) not Distribution( ) Candidate( )",
                    "Candidate( $l : license, group == $l, group != $l )");

    /** Rules, the last of which says nothing that counts. */
    private static final List<String> SHADOWS =
            List.of(
                    "Connection( host glob \"**.HOST\" ) deny | Connection( host glob \"*.HOST\" ) deny",
                    "Connection( host glob \"*.HOST\" ) deny | Connection( host == \"a.HOST\", port == N ) allow",
                    "Connection( ) deny | Connection( port == N ) deny",
                    "Connection( port > N ) deny | Connection( port == N1, host == \"HOST\" ) allow",
                    "Connection( port >= N ) allow | Connection( port > N ) allow",
                    "Connection( port in ( N, N1, 7 ) ) allow | Connection( port in ( N1, N ) ) allow",
                    "Connection( address within \"10.0.0.0/8\" ) deny | Connection( address within \"10.N.0.0/16\" ) allow",
                    "Connection( address within \"10.0.0.0/8\" ) deny | Connection( address == \"10.0.0.N\" ) deny",
                    "Connection( host != \"HOST\" ) deny | Connection( host glob \"*.x.HOST\" ) deny",
                    "Connection( port == N || host == \"HOST\" ) deny | Connection( host == \"HOST\" ) deny",
                    "Connection( host == \"HOST\" ) allow | Connection( host == \"HOST\", port == N ) allow",
                    "Session( ci == true ) Connection( ) deny | Session( ci != false ) Connection( port == N ) deny",
                    "Session( purpose in ( RUN, SHELL ) ) Connection( ) deny | Session( purpose == RUN ) Connection( ) deny",
                    "Connection( toPrivate == true ) deny | Connection( toPrivate == true ) allow",
                    "Candidate( version < \"N1\" ) deny | Candidate( version < \"N\" ) deny",
                    "Candidate( version satisfies \">=N\" ) deny | Candidate( version satisfies \"~=N.2\" ) allow",
                    "Candidate( ageDays < N1 ) hold | Candidate( ageDays < N, direct == true ) hold",
                    "Candidate( ageDays < N1 ) deny | Candidate( ageDays < N1 ) hold",
                    "Candidate( name glob \"NAME-*\" ) deny | Candidate( name == \"NAME-x\" ) allow",
                    "Candidate( license != null ) deny | Candidate( license glob \"WORD*\" ) deny",
                    "Candidate( license matches \"WORD.*\" ) deny | Candidate( license == \"WORD x\" ) deny",
                    "Candidate( name == \"NAME\" ) deny | Candidate( name in ( \"NAME\" ), ageDays > N ) allow",
                    "exists Distribution( name glob \"NAME*\" ) Candidate( ) deny | Distribution( name == \"NAME\", version == \"N\" ) Candidate( ) deny",
                    "not Distribution( name == \"NAME\" ) Candidate( ) deny | not Distribution( name glob \"NAME*\" ) Candidate( ) deny",
                    "Candidate( released < \"2026-02-01\" ) deny | Candidate( released < \"2026-01-0N\" ) deny",
                    "Candidate( advisories != null ) deny | Candidate( advisories contains \"WORD\" ) deny",
                    "Session( ) limitMemory( \"N GiB\" ) | Session( ci == true ) limitMemory( \"N1 GiB\" )",
                    "Session( project under \"/srv\" ) limitTime( \"N min\" ) | Session( project under \"/srv/WORD\" ) limitTime( \"N1 min\" )",
                    "Session( command == \"WORD\" ) readable( \"/srv\" ) | Session( command in ( \"WORD\" ), ci == true ) readable( \"/srv\" )",
                    "Session( ) hidden( \"/srv\" ) | Session( ci == true ) readable( \"/srv/WORD\" )",
                    "Session( ) writable( \"./WORD\" ) | Session( $p : project ) readable( $p + \"/WORD\" )",
                    "Session( ) passVariable( \"LC_*\" ) | Session( ci == true ) passVariable( \"LC_WORD\" )",
                    "Session( $h : home, project != $h ) limitProcesses( N ) | Session( ci == true, $x : home, project != $x ) limitProcesses( N1 )");

    /** Near misses: the last rule counts. */
    private static final List<String> INNOCENTS =
            List.of(
                    "Connection( port >= N, port <= N ) deny",
                    "Connection( port > N, port != N1 ) deny",
                    "Connection( port == N || port == N1, port >= N ) deny",
                    "Connection( host glob \"*.HOST\", host not glob \"a*.HOST\" ) deny",
                    "Connection( host glob \"**.HOST\", host not glob \"*.HOST\" ) deny",
                    "Connection( host matches \"WORD.*\", host matches \".*HOST\" ) deny",
                    "Connection( address within \"10.N.0.0/16\", address not within \"10.N.N.0/24\" ) deny",
                    "Connection( address != \"10.0.0.N\" ) deny",
                    "Connection( port == N ) not Connection( port == N, host == \"HOST\" ) deny",
                    "Connection( port == N ) not Session( ci == true, interactive == true ) deny",
                    "Session( project under \"/srv\", project not under \"/srv/WORD\" ) Connection( ) deny",
                    "Session( project != \"/srv/WORD\", project under \"/srv/WORD\" ) Connection( ) deny",
                    "Session( $h : home, project != $h, project under \"~\" ) Connection( ) deny",
                    "Candidate( version > \"N\", version < \"N.0.1\" ) deny",
                    "Candidate( version >= \"N\", version <= \"N\" ) deny",
                    "Candidate( version satisfies \"==N.*\", version satisfies \"!=N.1\" ) deny",
                    "Candidate( version < \"N\", version satisfies \">N.dev0\" ) deny",
                    "Candidate( ageDays == null || ageDays < N ) deny",
                    "Candidate( license != \"WORD\", license not glob \"WORD*\" ) deny",
                    "Candidate( advisories contains \"WORD\", advisories not contains \"x\" ) deny",
                    "Candidate( $a : ageDays, downloadBytes > 5 ) deny",
                    "Candidate( name glob \"*NAME\", name glob \"NAME*\" ) deny",
                    "Distribution( name == \"NAME\" ) not Distribution( name == \"NAME\", version < \"N\" ) Candidate( ) deny",
                    "Distribution( name == \"NAME\", version < \"N\" ) Distribution( name == \"NAME\", version > \"N1\" ) Candidate( ) deny",
                    "Distribution( $n : name ) Candidate( name == $n ) not Distribution( name == $n, direct == true ) deny",
                    "Connection( host glob \"*.HOST\" ) deny | Connection( host glob \"**.HOST\" ) deny",
                    "Connection( host glob \"*.HOST\" ) deny | Connection( host == \"HOST\" ) allow",
                    "Connection( host == \"HOST\" ) allow | Connection( host == \"HOST\" ) deny",
                    "Connection( port > N ) deny | Connection( port >= N ) deny",
                    "Connection( port == N ) deny | Connection( port in ( N, N1 ) ) allow",
                    "Connection( address within \"10.0.0.0/8\" ) deny | Connection( host glob \"10.*\" ) allow",
                    "Connection( address within \"10.0.0.0/8\" ) deny | Connection( address != \"11.0.0.N\" ) allow",
                    "Connection( port == N, host == \"HOST\" ) deny | Connection( host == \"HOST\" ) deny",
                    "Connection( port == N ) warn | Connection( port == N, host == \"HOST\" ) deny",
                    "Connection( port == N ) deny | Connection( port == N, host == \"HOST\" ) warn",
                    "Session( ci == true ) Connection( ) deny | Connection( ) deny",
                    "Candidate( version < \"N\" ) deny | Candidate( version <= \"N\" ) deny",
                    "Candidate( version satisfies \"<N\" ) deny | Candidate( version < \"N\" ) deny",
                    "Candidate( ageDays < N ) hold | Candidate( ageDays < N ) deny",
                    "Candidate( ageDays < N ) hold | Candidate( ageDays < N ) allow",
                    "Candidate( license == \"WORD\" ) deny | Candidate( license != null ) deny",
                    "Candidate( license != \"WORD\" ) deny | Candidate( license == null || license == \"WORD\" ) deny",
                    "Candidate( name == \"NAME\" ) prefer( N ) | Candidate( name == \"NAME\" ) prefer( N )",
                    "Distribution( name == \"NAME\" ) Candidate( ) deny | not Distribution( name == \"NAME\" ) Candidate( ) deny",
                    "Distribution( $n : name ) Candidate( name == $n ) deny | Distribution( ) Candidate( ) deny",
                    "Session( ) limitMemory( \"N1 GiB\" ) | Session( ci == true ) limitMemory( \"N GiB\" )",
                    "Session( ci == true ) limitMemory( \"N GiB\" ) | Session( ) limitMemory( \"N1 GiB\" )",
                    "Session( ) readable( \"/srv\" ) | Session( ) readable( \"/srv/WORD\" )",
                    "Session( ) readable( \"/srv\" ) | Session( ) writable( \"/srv\" )",
                    "Session( ) passVariable( \"LC_WORD\" ) | Session( ) passVariable( \"LC_*\" )");

    @Test
    void whatIsPlantedIsFound() {
        List<String> missed = new ArrayList<>();
        int planted = 0;
        List<String> all = new ArrayList<>();
        CONTRADICTIONS.forEach(it -> all.add(it + " deny"));
        all.addAll(SHADOWS);
        for (int seed = 0; seed < TIMES; seed++) {
            var random = new Random(seed);
            for (String template : all) {
                planted++;
                String text = rules(template, random);
                int last = (int) text.lines().count();
                if (findings(text).stream().noneMatch(it -> it.line() == last)) {
                    missed.add(text);
                }
            }
        }
        System.out.printf(
                "lint: %d of %d planted mistakes found%n", planted - missed.size(), planted);
        assertThat(planted).isGreaterThan(150);
        assertThat(missed).hasSizeLessThan(planted / 20);
    }

    @Test
    void nobodyIsBlamedWhoDidNothing() {
        int innocents = 0;
        for (int seed = 0; seed < TIMES; seed++) {
            var random = new Random(seed);
            for (String template : INNOCENTS) {
                innocents++;
                String text = rules(template, random);
                int last = (int) text.lines().count();
                assertThat(findings(text)).as(text).noneMatch(it -> it.line() == last);
            }
        }
        System.out.printf("lint: none of %d innocent rules blamed%n", innocents);
        assertThat(innocents).isGreaterThanOrEqualTo(150);
    }

    private static List<Diagnostic> findings(String text) {
        return Fixtures.policy(text).warnings().stream()
                .filter(it -> PROVED.contains(it.code()))
                .toList();
    }

    private static String rules(String template, Random random) {
        int number = 2 + random.nextInt(6);
        String word = List.of("pytest", "alpha", "b-c").get(random.nextInt(3));
        String filled =
                template.replace("HOST", word + ".example")
                        .replace("NAME", word)
                        .replace("WORD", word)
                        .replaceAll("\\bN1\\b", "" + (number + 1))
                        .replaceAll("\\bN\\b|(?<=-0)N", "" + number);
        var text = new StringBuilder();
        for (String rule : filled.split(" \\| ", -1)) {
            text.append(
                    "rule \"r%d\" when %s then %s; end%n"
                            .formatted(text.length(), conditions(rule), verb(rule)));
        }
        return text.toString();
    }

    private static String conditions(String rule) {
        return rule.substring(0, begin(rule));
    }

    private static String verb(String rule) {
        String verb = rule.substring(begin(rule));
        return verb.endsWith(")") ? verb : verb + "()";
    }

    private static int begin(String rule) {
        Matcher verb = VERB.matcher(rule);
        assertThat(verb.find()).as(rule).isTrue();
        return verb.start() + 1;
    }
}
