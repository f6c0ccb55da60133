package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.SyntheticAddresses.Behind;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticAddressesTest {
    private static final InetAddress REAL = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
    private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::1");

    @Test
    void oneForEachAddressOfEachName() {
        var addresses = new SyntheticAddresses();
        assertThat(addresses.of("a.example", REAL)).isEqualTo(literal("198.18.0.2"));
        assertThat(addresses.of("b.example", REAL)).isEqualTo(literal("198.18.0.3"));
        assertThat(addresses.of("a.example", OTHER)).isEqualTo(literal("198.18.0.4"));
        assertThat(addresses.of("a.example", SIX)).isEqualTo(literal("fd00:b1a5::2"));
        assertThat(addresses.of("a.example", REAL)).isEqualTo(literal("198.18.0.2"));
        assertThat(addresses.behind(literal("198.18.0.4")))
                .contains(new Behind("a.example", OTHER));
        assertThat(addresses.behind(literal("fd00:b1a5::2")))
                .contains(new Behind("a.example", SIX));
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.0.0, true",
        "198.19.255.255, true",
        "198.17.255.255, false",
        "198.20.0.0, false",
        "fd00:b1a5::, true",
        "fd00:b1a5::ffff:ffff:ffff:ffff, true",
        "fd00:b1a5:0:1::2, false",
        "fd00:b1a6::2, false",
        "::2, false",
        "0.0.0.2, false"
    })
    void whatIsInTheRangesCouldBeOne(String address, boolean isOne) {
        var addresses = new SyntheticAddresses();
        addresses.of("a.example", REAL);
        addresses.of("a.example", SIX);
        assertThat(isInRange(literal(address))).isEqualTo(isOne);
        assertThat(addresses.behind(literal(address))).isEmpty();
    }

    private static boolean isInRange(InetAddress address) {
        return SyntheticAddresses.ranges().stream().anyMatch(it -> it.contains(address));
    }

    @Test
    void theWholeRangeIsGivenOutBeforeOneIsGivenAgain() {
        var addresses = new SyntheticAddresses();
        Set<InetAddress> seen = new HashSet<>();
        for (int i = 2; i <= 0x1_ffff; i++) {
            InetAddress given = addresses.of("n%d.example".formatted(i), REAL);
            assertThat(isInRange(given)).isTrue();
            seen.add(given);
        }
        assertThat(seen).hasSize(0x1_fffe).contains(literal("198.19.255.255"));
        assertThat(addresses.behind(literal("198.18.0.2"))).isEmpty();
        assertThat(addresses.of("again.example", REAL)).isEqualTo(literal("198.18.0.2"));
        assertThat(
                        IntStream.range(0, 0x2_0000)
                                .mapToObj(i ->
                                        literal(
                                                "198.%d.%d.%d"
                                                        .formatted(
                                                                18 + (i >> 16),
                                                                i >> 8 & 0xff,
                                                                i & 0xff)))
                                .filter(address -> addresses.behind(address).isPresent()))
                .hasSize(SyntheticAddresses.MOST);
    }

    @Test
    void theOneThatNobodyAskedForLongestIsForgotten() {
        var addresses = new SyntheticAddresses(3, 6);
        InetAddress a = addresses.of("a.example", REAL);
        InetAddress b = addresses.of("b.example", REAL);
        InetAddress c = addresses.of("c.example", REAL);
        addresses.of("a.example", REAL);
        addresses.behind(b);
        addresses.of("d.example", REAL);
        assertThat(addresses.behind(c)).isEmpty();
        assertThat(addresses.behind(a)).contains(new Behind("a.example", REAL));
        assertThat(addresses.behind(b)).contains(new Behind("b.example", REAL));
    }

    /** Against two plain maps: an address leads to what it was last given out for, or nowhere. */
    @Test
    void anAddressLeadsToWhatItWasLastGivenOutFor() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var addresses = new SyntheticAddresses(4, 9);
            Map<InetAddress, Behind> given = new HashMap<>();
            for (int i = 0; i < 200; i++) {
                String name = "n%d.example".formatted(random.nextInt(12));
                InetAddress real = Arrays.asList(REAL, OTHER, SIX, null).get(random.nextInt(4));
                var behind = new Behind(name, real);
                InetAddress address = real == null ? addresses.of(name) : addresses.of(name, real);
                given.put(address, behind);
                assertThat(addresses.behind(address)).as("seed %d", seed).contains(behind);
                given.forEach((each, last) ->
                        assertThat(addresses.behind(each).orElse(last)).isEqualTo(last));
            }
        }
    }

    @Test
    void manyThreadsGetTheSame() throws InterruptedException {
        var addresses = new SyntheticAddresses();
        Set<List<InetAddress>> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads =
                IntStream.range(0, 8)
                        .mapToObj(_ ->
                                Thread.ofPlatform()
                                        .start(() ->
                                                seen.add(
                                                        IntStream.range(0, 2000)
                                                                .mapToObj(i ->
                                                                        addresses.of("n" + i, REAL))
                                                                .toList())))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(1);
        assertThat(new HashSet<>(seen.iterator().next())).hasSize(2000);
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
