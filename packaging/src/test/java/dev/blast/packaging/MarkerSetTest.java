package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerSetTest {
    private static final List<String> PYTHONS =
            List.of("3.8.0", "3.8.18", "3.9.0rc1", "3.9.1", "3.10.2", "3.11.0", "4.0.1", "2.7.18");

    private static final List<String> VERSIONS =
            List.of("3.8", "3.9", "3.10", "3.9.1", "3", "3.10.2", "4.0", "3.9.0rc1", "2.7");

    private static final List<String> ORDERS = List.of("<", "<=", "==", "!=", ">=", ">");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    python_version >= '3.8' and python_full_version >= '3.8'     | python_full_version >= "3.8"
                    python_full_version > '3.8.1'                               | python_full_version > "3.8.1"
                    python_version >= '3.8' or python_version < '3.8'           | always
                    python_version > '3.8' and python_version <= '3.9'          | python_version == "3.9"
                    '3.9' <= python_version                                     | python_version >= "3.9"
                    python_version == '3.*'                                     | python_version >= "3.0" and python_version < "4.0"
                    python_full_version >= '3.9.1' and python_version < '3.10'  | python_full_version >= "3.9.1" and python_version < "3.10"
                    sys_platform == 'win32' and sys_platform == 'linux'         | never
                    sys_platform == 'win32' or sys_platform != 'win32'          | always
                    sys_platform >= 'win32'                                     | sys_platform == "win32"
                    sys_platform < 'win32'                                      | never
                    sys_platform == 'win32' or (sys_platform != 'win32' and os_name == 'posix') | sys_platform == "win32" or os_name == "posix"
                    python_version >= '3.8' and python_full_version < '3.11.3'  | python_version >= "3.8" and python_full_version < "3.11.3"
                    sys_platform == 'win32' and 'a' in extras or sys_platform == 'win32' and 'b' in extras | sys_platform == "win32" and ("a" in extras or "b" in extras)
                    'dev' in dependency_groups or 'dev' not in dependency_groups | always
                    'linux' in sys_platform and 'linux' not in sys_platform     | never
                    'web' in extras or 'Web' in extras                          | "web" in extras
                    """)
    void isSaidInOneWay(String marker, String text) {
        assertThat(text(MarkerSet.of(Marker.parse(marker)))).isEqualTo(text);
    }

    private static String text(MarkerSet set) {
        return set.isEmpty() ? "never" : set.marker().map(Marker::toString).orElse("always");
    }

    @Test
    void knowsWhatGoesTogetherOnAPlatform() {
        assertThat(possible("sys_platform == 'win32' and os_name == 'posix'").isEmpty()).isTrue();
        assertThat(possible("sys_platform == 'linux' and platform_system == 'Windows'").isEmpty())
                .isTrue();
        assertThat(possible("sys_platform == 'linux' and os_name == 'posix'").isEmpty()).isFalse();
        assertThat(possible("implementation_name == 'pypy'").isEmpty()).isFalse();
    }

    private static MarkerSet possible(String marker) {
        return MarkerSet.of(Marker.parse(marker)).possible();
    }

    /**
     * In every environment, the set holds what its marker does, and each operation what it says.
     */
    @Test
    void operationsAreThoseOfSets() {
        List<World> worlds = worlds();
        for (long seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            Marker left = marker(random, 2);
            Marker right = marker(random, 2);
            MarkerSet a = MarkerSet.of(left);
            MarkerSet b = MarkerSet.of(right);
            String told = "seed %d: %s; %s".formatted(seed, left, right);
            var results = List.of(a.and(b), a.or(b), a.minus(b), a.not(), a.possible());
            MarkerSet given = a.given(b);
            boolean implies = true;
            boolean meets = false;
            for (World world : worlds) {
                boolean inA = world.in(left);
                boolean inB = world.in(right);
                assertThat(world.in(a)).as(told).isEqualTo(inA);
                assertThat(results.stream().map(world::in))
                        .as(told)
                        .containsExactly(inA && inB, inA || inB, inA && !inB, !inA, inA);
                assertThat(!inB || world.in(given) == inA).as(told).isTrue();
                implies &= !inA || inB;
                meets |= inA && inB;
            }
            assertThat(!a.isSubsetOf(b) || implies).as(told).isTrue();
            assertThat(!a.isDisjoint(b) || !meets).as(told).isTrue();
            assertThat(a.not().not()).as(told).isEqualTo(a);
            assertThat(a.and(b)).as(told).isEqualTo(b.and(a));
            assertThat(a.or(b).and(a)).as(told).isEqualTo(a);
            assertThat(a.isSubsetOf(b)).as(told).isEqualTo(a.and(b).equals(a));
            assertThat(given.and(b)).as(told).isEqualTo(a.and(b));
            assertThat(MarkerSet.ofNullable(a.marker().orElse(null))).as(told).isEqualTo(a);
        }
    }

    private record World(MarkerEnvironment environment, Set<ExtraName> extras) {
        boolean in(Marker marker) {
            return marker.evaluateLocked(environment, extras, Set.of());
        }

        boolean in(MarkerSet set) {
            return set.contains(environment, extras, Set.of());
        }
    }

    private static List<World> worlds() {
        return PYTHONS.stream()
                .flatMap(python ->
                        Stream.of("linux", "win32", "darwin")
                                .flatMap(platform ->
                                        Stream.of(Set.<ExtraName>of(), Set.of(new ExtraName("web")))
                                                .map(extras ->
                                                        new World(
                                                                environment(python, platform),
                                                                extras))))
                .toList();
    }

    private static MarkerEnvironment environment(String python, String platform) {
        return MarkerEnvironment.from(
                Map.of(
                        "python_full_version",
                        python,
                        "python_version",
                        python.replaceFirst("^(\\d+\\.\\d+).*", "$1"),
                        "sys_platform",
                        platform,
                        "os_name",
                        platform.equals("win32") ? "nt" : "posix",
                        "platform_system",
                        switch (platform) {
                            case "win32" -> "Windows";
                            case "darwin" -> "Darwin";
                            default -> "Linux";
                        },
                        "platform_machine",
                        platform.equals("darwin") ? "arm64" : "x86_64",
                        "implementation_name",
                        "cpython",
                        "platform_python_implementation",
                        "CPython"));
    }

    private static Marker marker(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return Marker.parse(comparison(random));
        }
        return new Marker.AnyOf(
                random.ints(1 + random.nextInt(2))
                        .mapToObj(_ ->
                                random.ints(1 + random.nextInt(2))
                                        .mapToObj(_ -> marker(random, depth - 1))
                                        .toList())
                        .toList());
    }

    private static String comparison(Random random) {
        String order = ORDERS.get(random.nextInt(ORDERS.size()));
        String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
        return switch (random.nextInt(8)) {
            case 0, 1 -> "python_version %s '%s'".formatted(order, version);
            case 2 -> "python_full_version %s '%s'".formatted(order, version);
            case 3 ->
                    "sys_platform %s '%s'"
                            .formatted(order, random.nextBoolean() ? "win32" : "linux");
            case 4 -> "os_name %s 'nt'".formatted(order);
            case 5 -> "'in' %s sys_platform".formatted(random.nextBoolean() ? "in" : "not in");
            case 6 -> "'web' %s extras".formatted(random.nextBoolean() ? "in" : "not in");
            default ->
                    "python_version %s '3.%d.*'"
                            .formatted(random.nextBoolean() ? "==" : "!=", 8 + random.nextInt(3));
        };
    }
}
