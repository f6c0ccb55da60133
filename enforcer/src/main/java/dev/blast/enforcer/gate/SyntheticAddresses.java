package dev.blast.enforcer.gate;

import dev.blast.packaging.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that names have inside a sandbox: one for each real address of each name, so that
 * whoever connects to it tells which name was meant. Safe for several threads; the same name and
 * address keep theirs for the run.
 *
 * <p>Bounded: of each kind the last {@value #MOST} that were given out or asked for are known. One
 * that was forgotten leads nowhere, until its whole range has been given out; then it may stand for
 * another name, and what still holds it reaches that name, as far as rules let it.
 */
public final class SyntheticAddresses {
    static final int MOST = 16_384;

    /** For measuring networks and routed to nobody, RFC 2544; .0.0 and .0.1 are left out. */
    private static final Cidr FOUR = Cidr.parse("198.18.0.0/15");

    private static final long FOUR_LAST = 0x1_ffff;

    /** A unique local prefix, RFC 4193. */
    private static final Cidr SIX = Cidr.parse("fd00:b1a5::/64");

    private static final long FIRST = 2;

    private final Range four;
    private final Range six;

    public SyntheticAddresses() {
        this(MOST, FOUR_LAST);
    }

    /**
     * @param most that are remembered of each kind, fewer than the range has
     * @param last number in the range of version 4, the first being 2
     */
    SyntheticAddresses(int most, long last) {
        if (most > last - FIRST) {
            throw new IllegalArgumentException("%d do not fit below %d".formatted(most, last));
        }
        this.four = new Range(FOUR, most, last);
        this.six = new Range(SIX, most, Long.MAX_VALUE);
    }

    /**
     * What a synthetic address stands for.
     *
     * @param real null where a proxy is to look it up
     */
    public record Behind(String name, @Nullable InetAddress real) {}

    /** The synthetic address, of version 4, of a name of which none is known. */
    public InetAddress of(String name) {
        return four.of(new Behind(name, null));
    }

    /** The synthetic address for a real one that a name leads to, of the same kind. */
    public InetAddress of(String name, InetAddress real) {
        return (real instanceof Inet4Address ? four : six).of(new Behind(name, real));
    }

    /** What a program means that connects to an address; empty where none was given out. */
    public Optional<Behind> behind(InetAddress synthetic) {
        return (synthetic instanceof Inet4Address ? four : six).behind(synthetic);
    }

    /** Those of which names get theirs. */
    public static List<Cidr> ranges() {
        return List.of(FOUR, SIX);
    }

    /** Those of one kind. */
    private static final class Range {
        private final Cidr cidr;
        private final int most;
        private final long last;

        /** The one that nobody asked for longest comes first. */
        private final Map<Behind, Long> numbers = new LinkedHashMap<>(16, 0.75f, true);

        private final Map<Long, Behind> known = new HashMap<>();
        private long next = FIRST;

        Range(Cidr cidr, int most, long last) {
            this.cidr = cidr;
            this.most = most;
            this.last = last;
        }

        synchronized InetAddress of(Behind behind) {
            Long number = numbers.get(behind);
            if (number == null) {
                if (numbers.size() == most) {
                    var oldest = numbers.entrySet().iterator();
                    known.remove(oldest.next().getValue());
                    oldest.remove();
                }
                number = free();
                numbers.put(behind, number);
                known.put(number, behind);
            }
            return address(number);
        }

        synchronized Optional<Behind> behind(InetAddress synthetic) {
            if (!cidr.contains(synthetic)) {
                return Optional.empty();
            }
            Optional<Behind> behind = Optional.ofNullable(known.get(number(synthetic)));
            behind.ifPresent(numbers::get); // no longer the oldest
            return behind;
        }

        /** There is one, since fewer are known than the range has. */
        private long free() {
            while (known.containsKey(next)) {
                next = next == last ? FIRST : next + 1;
            }
            long free = next;
            next = next == last ? FIRST : next + 1;
            return free;
        }

        private long number(InetAddress synthetic) {
            byte[] bytes = synthetic.getAddress();
            byte[] prefix = cidr.network().getAddress();
            long number = 0;
            for (int i = Math.max(0, bytes.length - Long.BYTES); i < bytes.length; i++) {
                number = (number << Byte.SIZE) | ((bytes[i] ^ prefix[i]) & 0xff);
            }
            return number;
        }

        private InetAddress address(long number) {
            byte[] bytes = cidr.network().getAddress();
            long rest = number;
            for (int i = bytes.length - 1; rest != 0; i--) {
                bytes[i] |= (byte) rest;
                rest >>>= Byte.SIZE;
            }
            try {
                return InetAddress.getByAddress(bytes);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four or sixteen bytes are an address", e);
            }
        }
    }
}
