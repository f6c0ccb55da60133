package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkRowsTest {
    private static final int HEADERS_BYTES = 16 + 16; // struct nlmsghdr, struct ifinfomsg
    private static final int NESTED = 1 << 15;

    /** Kernels before Linux 7.2 accept them without the mark as well. */
    @Test
    void anAttributeThatHoldsOthersIsMarkedAsNested() {
        ByteBuffer message = NetworkRows.forwardingOff().flip();
        assertThat(message.getInt(0)).isEqualTo(message.limit());
        List<Integer> types = new ArrayList<>();
        message.position(HEADERS_BYTES);
        boolean nested = true;
        while (nested) {
            assertThat(message.getShort()).isEqualTo((short) (message.remaining() + 2));
            int type = Short.toUnsignedInt(message.getShort());
            nested = (type & NESTED) != 0;
            types.add(type & ~NESTED);
        }
        assertThat(types).containsExactly(26, 2, 1, 1);
        assertThat(message.getInt()).isZero();
    }
}
