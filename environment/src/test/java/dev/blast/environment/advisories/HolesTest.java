package dev.blast.environment.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Advisory;
import dev.blast.rules.fact.AdvisorySeverity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of several documents is one hole, and what is none. */
final class HolesTest {
    private static final String HIGH =
            "\"severity\": [{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H\"}]";

    @Test
    void documentsThatNameOneAnotherAreOneHole() throws EnvironmentException {
        List<Hole> holes =
                holes(
                        Osv.document("PYSEC-2024-1")
                                .with("\"aliases\": [\"CVE-2024-1\"]")
                                .with("\"published\": \"2024-02-02T00:00:00Z\"")
                                .of("words", "introduced 0, fixed 1.1", null),
                        Osv.document("GHSA-aaaa-bbbb-cccc")
                                .with("\"aliases\": [\"CVE-2024-1\"]")
                                .with("\"published\": \"2024-02-01T00:00:00Z\"")
                                .with("\"database_specific\": {\"severity\": \"MODERATE\"}")
                                .of("Words", "introduced 0, fixed 1.2", null)
                                .of("other", "introduced 0, fixed 2", null),
                        Osv.document("PYSEC-2024-2")
                                .with("\"aliases\": []")
                                .with(HIGH)
                                .of("words", null, "1.0"));
        assertThat(holes)
                .extracting(Hole::line)
                .containsExactly(
                        "other\tCVE-2024-1\tGHSA-aaaa-bbbb-cccc PYSEC-2024-1\tMEDIUM\t2024-02-01\t<2",
                        "words\tCVE-2024-1\tGHSA-aaaa-bbbb-cccc PYSEC-2024-1\tMEDIUM\t2024-02-01\t<1.1 <1.2",
                        "words\tPYSEC-2024-2\t\tHIGH\t\t1.0");
        assertThat(holes)
                .allSatisfy(hole ->
                        assertThat(Hole.parse(hole.line(), new HashMap<>())).isEqualTo(hole));
    }

    @Test
    void whatIsWithdrawnSaysNothingAndJoinsNothing() throws EnvironmentException {
        List<Hole> holes =
                holes(
                        Osv.document("PYSEC-1")
                                .with("\"aliases\": [\"CVE-1\", \"CVE-2\"]")
                                .with("\"withdrawn\": \"2024-01-01T00:00:00Z\"")
                                .of("words", "introduced 0", null),
                        Osv.document("PYSEC-2")
                                .with("\"aliases\": [\"CVE-1\"]")
                                .of("words", "introduced 0, fixed 1", null),
                        Osv.document("PYSEC-3")
                                .with("\"aliases\": [\"CVE-2\"]")
                                .of("words", "introduced 0, fixed 2", null));
        assertThat(holes).extracting(Hole::id).containsExactly("CVE-1", "CVE-2");
    }

    @Test
    void otherEcosystemsAndNothingAffectedAreNoHoles() throws EnvironmentException {
        OsvDocument npm =
                OsvReader.read(
                        "it",
                        Osv.document("GHSA-1")
                                .of("words", "introduced 0", null)
                                .text()
                                .replace("PyPI", "npm")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(Holes.of(List.of(npm))).isEmpty();
        assertThat(holes(Osv.document("GHSA-2").of("words", null, "2004d"))).isEmpty();
    }

    @Test
    void aRangeThatCannotBeComparedSaysNothingAndIsCounted() throws EnvironmentException {
        OsvDocument document =
                OsvReader.read(
                        "it",
                        Osv.document("X-1")
                                .of("words", "introduced 0, fixed r12-beta_x", "1.0")
                                .json());
        assertThat(document.unclear()).isEqualTo(1);
        assertThat(Holes.of(List.of(document)))
                .extracting(Hole::line)
                .first()
                .asString()
                .endsWith("\t1.0");
    }

    @Test
    void aHoleIsAFactOfAVersion() throws EnvironmentException {
        Hole hole =
                holes(
                                Osv.document("PYSEC-1")
                                        .with("\"published\": \"2024-02-01T10:00:00Z\"")
                                        .of("words", "introduced 0, fixed 1.2", null))
                        .getFirst();
        Version version = Version.parse("1.0");
        assertThat(hole.of(version, Instant.parse("2024-03-01T00:00:00Z")))
                .isEqualTo(
                        new Advisory(
                                "PYSEC-1",
                                List.of(),
                                hole.name(),
                                version,
                                AdvisorySeverity.UNKNOWN,
                                29L,
                                true));
    }

    @ParameterizedTest
    @CsvSource({
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, CRITICAL",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, CRITICAL",
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H, HIGH",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, MEDIUM",
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N, LOW",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, LOW",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N, UNKNOWN",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, UNKNOWN",
        "AV:N/AC:L/Au:N/C:P/I:P/A:P, UNKNOWN"
    })
    void ratesByTheVector(String vector, AdvisorySeverity rating) {
        assertThat(Cvss.rating(vector)).isEqualTo(rating);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {                                     | is not the JSON of an advisory
                    []                                    | it is START_ARRAY, where START_OBJECT should be
                    {"id": "X", "id": "Y"}                | is not the JSON of an advisory
                    {"id": "X"} {"id": "Y"}               | what follows it is START_OBJECT
                    {"affected": []}                      | it has no id that could be one
                    {"id": "a b"}                         | it has no id that could be one
                    {"id": 3}                             | 'id' is VALUE_NUMBER_INT
                    {"id": "X", "aliases": "CVE-1"}       | 'aliases' is VALUE_STRING
                    {"id": "X", "withdrawn": "yesterday"} | 'withdrawn' is no time
                    {"id": "X", "affected": [3]}          | what is in 'affected' is VALUE_NUMBER_INT
                    {"id": "X", "affected": [{"package": {"ecosystem": "PyPI", "name": "-"}}]} | not a package name
                    """)
    void whatIsNoAdvisoryIsAnError(String json, String why) {
        assertThatThrownBy(() -> OsvReader.read("a.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("a.json is not ")
                .hasMessageContaining(why);
    }

    private static List<Hole> holes(Osv... documents) throws EnvironmentException {
        List<OsvDocument> read = new ArrayList<>();
        for (Osv document : documents) {
            read.add(OsvReader.read(document.id(), document.json()));
        }
        return Holes.of(read);
    }
}
