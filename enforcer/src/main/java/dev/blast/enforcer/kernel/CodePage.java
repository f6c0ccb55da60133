package dev.blast.enforcer.kernel;

import com.sun.jna.Pointer;
import java.util.HexFormat;

/** Pages of machine code. */
public final class CodePage {
    private static final long BYTES = 4096;
    private static final long PROT_READ = 1;
    private static final long PROT_WRITE = 2;
    private static final long PROT_EXEC = 4;
    private static final long MAP_PRIVATE_ANONYMOUS = 0x22;

    private CodePage() {}

    /**
     * The address of a page with this code, or a negated errno. It is written first and made
     * executable afterwards, never both at once.
     */
    public static long map(Kernel kernel, byte[] code) {
        long page =
                kernel.call(
                        Syscall.mmap,
                        0,
                        BYTES,
                        PROT_READ | PROT_WRITE,
                        MAP_PRIVATE_ANONYMOUS,
                        -1,
                        0);
        if (page < 0) {
            return page;
        }
        new Pointer(page).write(0, code, 0, code.length);
        long executable = kernel.call(Syscall.mprotect, page, BYTES, PROT_READ | PROT_EXEC);
        return executable < 0 ? executable : page;
    }

    /** The bytes of a listing: in each line what stands before the semicolon. */
    public static byte[] bytes(String listing) {
        StringBuilder digits = new StringBuilder();
        listing.lines().forEach(line -> digits.append(line, 0, line.indexOf(';')));
        return HexFormat.of().parseHex(digits.toString().replace(" ", ""));
    }
}
