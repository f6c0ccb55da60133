package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerTest {
    private static final MarkerEnvironment LINUX =
            MarkerEnvironment.from(
                    Map.ofEntries(
                            Map.entry("implementation_name", "cpython"),
                            Map.entry("implementation_version", "3.12.4"),
                            Map.entry("os_name", "posix"),
                            Map.entry("platform_machine", "x86_64"),
                            Map.entry("platform_python_implementation", "CPython"),
                            Map.entry("platform_release", "6.1.0-13-amd64"),
                            Map.entry("platform_system", "Linux"),
                            Map.entry("platform_version", "#1 SMP"),
                            Map.entry("python_full_version", "3.12.4"),
                            Map.entry("python_version", "3.12"),
                            Map.entry("sys_platform", "linux")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    python_version >= "3.9"                                     |     | true
                    python_version < "3.9"                                      |     | false
                    "3.9" <= python_version                                     |     | true
                    python_version ~= "3.10"                                    |     | true
                    python_version == "3.*"                                     |     | true
                    python_full_version == "3.12.4"                             |     | true
                    python_version in "3.11 3.12"                               |     | true
                    sys_platform == "win32" or os_name == "posix"               |     | true
                    sys_platform == "win32" and os_name == "posix"              |     | false
                    sys_platform == "win32" and (os_name == "nt" or extra == "a") | a | false
                    os_name == "nt" or os_name == "posix" and extra == "a"      | a   | true
                    platform_machine not in "arm64 aarch64"                     |     | true
                    platform_release >= "5.0"                                   |     | false
                    platform_python_implementation == "PyPy"                    |     | false
                    python_implementation == "CPython"                          |     | true
                    os.name == "posix"                                          |     | true
                    extra == "Dev_Tools"                                        | dev-tools | true
                    extra == "a"                                                |     | false
                    extra == "a"                                                | b   | false
                    extra == "a"                                                | b a | true
                    extra == "a" and extra == "b"                               | a b | false
                    extra != "a"                                                |     | true
                    """)
    void holdsOrNot(String marker, String extras, boolean holds) {
        assertThat(Marker.parse(marker).evaluate(LINUX, names(extras))).isEqualTo(holds);
    }

    private static Set<ExtraName> names(@Nullable String names) {
        return names == null
                ? Set.of()
                : Arrays.stream(names.split(" ", -1))
                        .map(ExtraName::new)
                        .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    python_version=='2.7'                    | python_version == "2.7"
                    ((os_name=="a"))                         | os_name == "a"
                    ( os_name=='a' )or( os_name=='b' )       | os_name == "a" or os_name == "b"
                    (os_name=='a' and os_name=='b') or extra=='C.d' | (os_name == "a" and os_name == "b") or extra == "c-d"
                    os_name  not \t in 'a'                   | os_name not in "a"
                    os_name == 'say "a"'                     | os_name == 'say "a"'
                    os_name == 'a\\\\b\\x41'                 | os_name == "a\\\\bA"
                    'Foo_Bar' in extras                      | "foo-bar" in extras
                    """)
    void hasOneText(String marker, String text) {
        assertThat(Marker.parse(marker)).hasToString(text);
        assertThat(Marker.parse(text)).isEqualTo(Marker.parse(marker));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    os_name                    | expected a comparison (<= < != == >= > ~= === in, not in): 'os_name'
                    os_name == posix           | expected a marker variable or a quoted text: 'os_name == posix' (at character 12)
                    os_name == "a              | no quote closes this text: 'os_name == "a' (at character 12)
                    (os_name == "a"            | no ')' closes this '(': '(os_name == "a"'
                    os_name == "a" xor         | expected 'and', 'or' or the end of the marker: 'os_name == "a" xor' (at character 16)
                    os_name notin "a"          | expected a comparison (<= < != == >= > ~= === in, not in): 'os_name notin "a"' (at character 9)
                    os_name not "a"            | expected 'in' after 'not': 'os_name not "a"' (at character 13)
                    os_name == "\\x4"          | '\\x' takes 2 hexadecimal digits: 'os_name == "\\x4"' (at character 12)
                    """)
    void refusesWithAReason(String marker, String message) {
        assertThatThrownBy(() -> Marker.parse(marker))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void nestingHasALimit() {
        String deep = "(".repeat(100_000) + "os_name == 'a'" + ")".repeat(100_000);
        assertThatThrownBy(() -> Marker.parse(deep))
                .hasMessageStartingWith("parentheses are nested too deeply");
        assertThat(Marker.parse("(".repeat(100) + "os_name == 'a'" + ")".repeat(100)))
                .hasToString("os_name == \"a\"");
    }

    @Test
    void aComparisonThatIsNoneIsAnError() {
        assertThatThrownBy(() -> Marker.parse("os_name ~= 'posix'").evaluate(LINUX, Set.of()))
                .hasMessage("'~=' compares nothing that can be compared in 'os_name ~= \"posix\"'");
        assertThatThrownBy(() -> Marker.parse("'a' in extras").evaluate(LINUX, Set.of()))
                .hasMessage("the marker variable 'extras' has no value here");
        assertThatThrownBy(() ->
                        Marker.parse("extra == 'a'").evaluateLocked(LINUX, Set.of(), Set.of()))
                .hasMessage("the marker variable 'extra' has no value here");
    }

    @Test
    void lockFilesAskForSetsOfNames() {
        Marker marker = Marker.parse("'dev' in dependency_groups or 'Http' in extras");
        assertThat(marker.evaluateLocked(LINUX, Set.of(), names("dev"))).isTrue();
        assertThat(marker.evaluateLocked(LINUX, names("http"), Set.of())).isTrue();
        assertThat(marker.evaluateLocked(LINUX, Set.of(), Set.of())).isFalse();
    }

    @Test
    void knowsWhatItAsksFor() {
        Marker marker = Marker.parse("os_name == 'a' or (extra == 'b' and 'c' == sys_platform)");
        assertThat(marker.mentions(MarkerVariable.EXTRA)).isTrue();
        assertThat(marker.mentions(MarkerVariable.SYS_PLATFORM)).isTrue();
        assertThat(marker.mentions(MarkerVariable.PYTHON_VERSION)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    python_full_version < '3.11.3'                  | 3.11.3
                    python_full_version <= '3.11.3'                 | 3.11.4
                    '3.11.3' >= python_full_version                 | 3.11.4
                    python_full_version != '3.11.3'                 | 3.11.3 3.11.4
                    python_full_version <= '3.11.0a6'               | 3.11.0
                    python_version < '3.11.3'                       |
                    os_name == 'nt' or implementation_version >= '3.11.2' and python_full_version > '3.11.6' | 3.11.2 3.11.7
                    """)
    void tellsPatchVersionsOfPythonApart(String text, @Nullable String turns) {
        Marker marker = Marker.parse(text);
        assertThat(new TreeSet<>(marker.turns()).stream().map(Version::toString))
                .containsExactly(turns == null ? new String[0] : turns.split(" ", -1));
        Boolean before = null;
        for (int patch = 0; patch < 12; patch++) {
            var variables = new HashMap<>(LINUX.toMap());
            variables.put("python_version", "3.11");
            variables.put("python_full_version", "3.11." + patch);
            variables.put("implementation_version", "3.11." + patch);
            boolean holds = marker.evaluate(MarkerEnvironment.from(variables), Set.of());
            assertThat(
                            before == null
                                    || before == holds
                                    || marker.turns().contains(Version.parse("3.11." + patch)))
                    .as("3.11.%d", patch)
                    .isTrue();
            before = holds;
        }
    }

    @Test
    void theEnvironmentIsAMapAndBack() {
        assertThat(MarkerEnvironment.from(LINUX.toMap())).isEqualTo(LINUX);
        assertThat(LINUX.toMap()).containsEntry("python_version", "3.12").hasSize(11);
        assertThat(
                        MarkerEnvironment.from(Map.of("python_full_version", "3.13.0+"))
                                .pythonFullVersion())
                .isEqualTo("3.13.0+local");
    }
}
