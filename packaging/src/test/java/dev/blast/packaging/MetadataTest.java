package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {
    private static final String EXAMPLE =
            """
            Metadata-Version: 2.4
            Name: Zope.Example
            Version: 1.0RC1
            Summary: An example
            Author: A. Writer,
                    Some Street
            License-Expression: Apache-2.0 OR BSD-2-Clause
            License-File: LICENSE
            License-File: docs/NOTICE
            Classifier: Programming Language :: Python
            Requires-Python: >=3.9
            Provides-Extra: Test
            Requires-Dist: requests[socks]>=2
            Requires-Dist: pytest; extra == 'test'
            X-Unknown: passed over

            The description.

            It has two parts.
            """;

    @Test
    void isRead() {
        Metadata metadata = Metadata.read(EXAMPLE);
        assertThat(metadata.name()).hasToString("zope-example");
        assertThat(metadata.displayName()).isEqualTo("Zope.Example");
        assertThat(metadata.version()).hasToString("1.0rc1");
        assertThat(metadata.summary()).contains("An example");
        assertThat(metadata.all(MetadataField.AUTHOR))
                .containsExactly("A. Writer,\n        Some Street");
        assertThat(metadata.license()).contains("Apache-2.0 OR BSD-2-Clause");
        assertThat(metadata.licenseFiles()).containsExactly("LICENSE", "docs/NOTICE");
        assertThat(metadata.classifiers()).containsExactly("Programming Language :: Python");
        assertThat(metadata.requiresPython()).hasToString(">=3.9");
        assertThat(metadata.providesExtra())
                .extracting(ExtraName::normalized)
                .containsExactly("test");
        assertThat(metadata.requiresDist())
                .extracting(Requirement::toString)
                .containsExactly("requests[socks]>=2", "pytest; extra == \"test\"");
        assertThat(metadata.description()).contains("The description.\n\nIt has two parts.\n");
        assertThat(metadata.problems()).isEmpty();
        assertThat(metadata.hasStaticDependencies()).isTrue();
    }

    @Test
    void isWrittenInTheOrderOfTheStandard() {
        assertThat(Metadata.read(EXAMPLE).write())
                .isEqualTo(EXAMPLE.replace("X-Unknown: passed over\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a (>=1.0              | Requires-Dist: no ')' closes this '(': 'a (>=1.0' (at character 3)
                    a>=1.*                | Requires-Dist: 'a>=1.*' was read as 'a>=1'
                    a (>=1.*,<2.*)        | Requires-Dist: 'a (>=1.*,<2.*)' was read as 'a (>=1,<2)'
                    a>=1 <2               | Requires-Dist: 'a>=1 <2' was read as 'a>=1,<2'
                    a>=1.,<2.             | Requires-Dist: 'a>=1.,<2.' was read as 'a>=1,<2'
                    a=>1; os_name == 'x'  | Requires-Dist: 'a=>1; os_name == 'x'' was read as 'a>=1; os_name == 'x''
                    a>='1.0'              | Requires-Dist: 'a>='1.0'' was read as 'a>=1.0'
                    pytz (>dev)           | Requires-Dist: 'pytz (>dev)' was read as 'pytz (>=0)'
                    b2 (>=1.0<3.0)        | Requires-Dist: 'b2 (>=1.0<3.0)' was read as 'b2 (>=1.0,<3.0)'
                    b2>=1.0<3.0!=2.*      | Requires-Dist: 'b2>=1.0<3.0!=2.*' was read as 'b2>=1.0,<3.0,!=2.*'
                    b (!=~1.0)            | Requires-Dist: 'b (!=~1.0)' was read as 'b (!=1.0.*)'
                    b (>=1,!=1.0*)        | Requires-Dist: 'b (>=1,!=1.0*)' was read as 'b (>=1,!=1.0.*)'
                    b (>=1.0*)            | Requires-Dist: 'b (>=1.0*)' was read as 'b (>=1.0)'
                    b (>=1.0')            | Requires-Dist: 'b (>=1.0')' was read as 'b (>=1.0)'
                    b>=9.0.0a1.0          | Requires-Dist: 'b>=9.0.0a1.0' was read as 'b>=9.0.0a1'
                    b (>=one)             | Requires-Dist: not a version in a specifier: 'b (>=one)' (at character 4)
                    """)
    void mistakesAreMendedOrNamed(String requirement, String problem) {
        Metadata metadata =
                Metadata.read(
                        "Metadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: "
                                + requirement
                                + "\n");
        assertThat(metadata.problems()).containsExactly(problem);
        assertThat(metadata.requiresDist()).hasSize(problem.contains("was read as") ? 1 : 0);
    }

    @Test
    void otherMistakesBecomeProblems() {
        Metadata metadata =
                Metadata.read(
                        """
                        Name: a
                        Version: 1
                        Summary: UNKNOWN
                        License: one
                        License: two
                        Provides-Extra: !
                        Dynamic: Nonsense
                        no field
                        """);
        assertThat(metadata.version()).hasToString("1");
        assertThat(metadata.summary()).isEmpty();
        assertThat(metadata.license()).contains("one");
        assertThat(metadata.problems())
                .containsExactly(
                        "'no field' is neither a field nor the continuation of one",
                        "License stands more than once; the first one counts",
                        "Metadata-Version is missing",
                        "Provides-Extra: not the name of an extra or a group: '!'",
                        "Dynamic: not a field of core metadata: 'Nonsense'");
    }

    /** Readers differ about each of these: some see the second field, or the last, or none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Name: b                                      | Name stands more than once
                    version: 2                                   | Version stands more than once
                    Metadata-Version: 2.2                        | Metadata-Version stands more than once
                    Requires-Python: three                       | a version specifier begins with one of ~= == != <= >= < > ===
                    Summary: x\\rRequires-Dist: victim           | a control character (U+000D) in a field
                    Summary: x\\013Requires-Dist: victim         | a control character (U+000B) in a field
                    Summary: x\\205Requires-Dist: victim         | a control character (U+0085) in a field
                    Summary: x<LS>Requires-Dist: victim          | a control character (U+2028) in a field
                    Summary: \\033[31m                           | a control character (U+001B) in a field
                    Description: x\\rRequires-Dist: victim       | a control character (U+000D) in a field
                    License: x\\fRequires-Dist: victim           | a control character (U+000C) in a field
                    License: x\\nno field\\nRequires-Dist: b     | a line before this one is no field, and for others ends them
                    Requires-Dist : victim\\nRequires-Dist: b    | a line before this one is no field, and for others ends them
                    """)
    void whatIsReadInTwoWaysIsRefused(String line, String reason) {
        assertThatThrownBy(() ->
                        Metadata.read(
                                "Metadata-Version: 2.1\nName: a\nVersion: 1\n%s\n"
                                        .formatted(
                                                line.translateEscapes().replace("<LS>", "\u2028"))))
                .isInstanceOfSatisfying(
                        InvalidSyntaxException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aNameIsOfAscii() {
        assertThatThrownBy(() -> Metadata.read("Name: \u212Aeras\nVersion: 1\n"))
                .hasMessage("a package name is ASCII: '\u212Aeras'");
        assertThat(new PackageName("\u212Aeras")).isNotEqualTo(new PackageName("keras"));
    }

    @Test
    void pageBreaksInALicenceAreNoFields() {
        Metadata metadata =
                Metadata.read(
                        "Metadata-Version: 2.1\nName: a\nVersion: 1\nLicense: GPL\n        \f\n        END: x\nRequires-Dist: b\n");
        assertThat(metadata.requiresDist()).hasSize(1);
    }

    @Test
    void theDescriptionIsLeftOut() {
        String text =
                "Metadata-Version: 2.1\r\nName: a\nVersion: 1\nDescription: One\n        |two\nLicense: x\n  y\n\nbody";
        assertThat(Metadata.withoutDescription(text))
                .isEqualTo("Metadata-Version: 2.1\nName: a\nVersion: 1\nLicense: x\n  y\n");
    }

    @Test
    void aDescriptionAmongTheHeadersIsUnfolded() {
        Metadata metadata =
                Metadata.read(
                        "Metadata-Version: 1.0\r\nName: a\r\nVersion: 1\r\nDescription: One\r\n        |\r\n       |two\r\n");
        assertThat(metadata.description()).contains("One\n|\ntwo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Version: 1                                  | a field is missing from the metadata: 'Name'
                    Name: a                                     | a field is missing from the metadata: 'Version'
                    Metadata-Version: 3.0                       | metadata of a major version that is not known here (up to 2.x): '3.0'
                    """)
    void withoutTheseNothingCanBeSaid(String header, String message) {
        assertThatThrownBy(() -> Metadata.read(header + "\n")).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "2.2, , true",
        "2.1, , false",
        "2.4, Requires-Dist, false",
        "2.4, Summary, true",
        "2.4, requires-python, false"
    })
    void dependenciesAreStaticSince22UnlessDynamic(
            String version, String dynamic, boolean isStatic) {
        String text = "Metadata-Version: " + version + "\nName: a\nVersion: 1\n";
        Metadata metadata =
                Metadata.read(dynamic == null ? text : text + "Dynamic: " + dynamic + "\n");
        assertThat(metadata.hasStaticDependencies()).isEqualTo(isStatic);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2.6 | SUMMARY            | x      | no version of core metadata: '2.6'
                    2.3 | LICENSE_EXPRESSION | MIT    | License-Expression exists since metadata 2.4, not in: '2.3'
                    2.4 | IMPORT_NAME        | a      | Import-Name exists since metadata 2.5, not in: '2.4'
                    2.4 | DYNAMIC            | Name   | a field that may not be dynamic (PEP 643): 'Name'
                    2.4 | REQUIRES_DIST      | a>=1.* | Requires-Dist: 'a>=1.*' was read as 'a>=1': 'a'
                    """)
    void strictlyWritten(String version, MetadataField field, String value, String message) {
        Map<MetadataField, List<String>> fields = fields(version);
        fields.put(field, List.of(value));
        assertThatThrownBy(() -> Metadata.of(fields).write())
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void licenseAndLicenseExpressionExcludeEachOther() {
        Map<MetadataField, List<String>> fields = fields("2.4");
        fields.put(MetadataField.LICENSE, List.of("free"));
        fields.put(MetadataField.LICENSE_EXPRESSION, List.of("MIT"));
        assertThatThrownBy(() -> Metadata.of(fields).write())
                .hasMessage("License and License-Expression exclude each other (PEP 639): 'MIT'");
    }

    @Test
    void aLineThatLooksLikeAFieldIsFolded() {
        Map<MetadataField, List<String>> fields = fields("2.5");
        fields.put(MetadataField.LICENSE, List.of("free\nName: other\n  indented"));
        String text = Metadata.of(fields).write();
        assertThat(text).contains("License: free\n        Name: other\n  indented\n");
        assertThat(Metadata.read(text).name()).hasToString("a");
    }

    @Test
    void sharesWhatOtherMetadataSaid() {
        var known = new KnownTexts();
        Metadata one = Metadata.read(EXAMPLE, known);
        Metadata next = Metadata.read(EXAMPLE.replace("1.0RC1", "1.0"), known);
        assertThat(next.requiresDist()).hasSize(2).isEqualTo(one.requiresDist());
        assertThat(next.requiresDist().getFirst()).isSameAs(one.requiresDist().getFirst());
        assertThat(next.classifiers().getFirst()).isSameAs(one.classifiers().getFirst());
        assertThat(next).isEqualTo(Metadata.read(EXAMPLE.replace("1.0RC1", "1.0")));
    }

    private static Map<MetadataField, List<String>> fields(String version) {
        var fields = new EnumMap<MetadataField, List<String>>(MetadataField.class);
        fields.put(MetadataField.METADATA_VERSION, List.of(version));
        fields.put(MetadataField.NAME, List.of("a"));
        fields.put(MetadataField.VERSION, new ArrayList<>(List.of("1")));
        return fields;
    }
}
