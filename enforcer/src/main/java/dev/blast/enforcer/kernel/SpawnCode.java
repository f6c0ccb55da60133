package dev.blast.enforcer.kernel;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import dev.blast.enforcer.spawn.SpawnTable;

/**
 * The machine code that spawns: it runs the rows of a {@link SpawnTable}, the first three on the
 * calling thread (block signals, clone, restore signals) and the others in the child.
 *
 * <p>The contract is that of vfork(2): the child shares this process's memory and has a stack of
 * its own, and the calling thread sleeps until the child has gone through execve or has ended. The
 * child touches no Java, no thread-local storage and no heap. Signals are blocked inside this code
 * and not before it, because a JVM thread that runs Java with SIGSEGV blocked dies at its next
 * safepoint.
 *
 * <p>Safe on any thread.
 */
public final class SpawnCode {
    static final String X86_64 =
            """
            ; entry: the table is in rdi
            53                      ; push rbx
            41 54                   ; push r12
            48 89 fb                ; mov rbx, rdi
            e8 79 00 00 00          ; call load
            0f 05                   ; syscall
            48 83 c3 48             ; add rbx, 0x48
            e8 6e 00 00 00          ; call load
            0f 05                   ; syscall
            48 85 c0                ; test rax, rax
            74 19                   ; je child
            49 89 c4                ; mov r12, rax
            48 89 43 40             ; mov qword [rbx+0x40], rax
            48 83 c3 48             ; add rbx, 0x48
            e8 57 00 00 00          ; call load
            0f 05                   ; syscall
            4c 89 e0                ; mov rax, r12
            41 5c                   ; pop r12
            5b                      ; pop rbx
            c3                      ; ret
            ; child: on its own stack, in the memory of the parent
            48 81 c3 90 00 00 00    ; add rbx, 0x90
            ; next:
            e8 42 00 00 00          ; call load
            0f ba 63 04 02          ; bt dword [rbx+0x4], 0x2
            72 1f                   ; jb compare
            0f 05                   ; syscall
            ; store:
            48 89 43 40             ; mov qword [rbx+0x40], rax
            48 8b 4b 38             ; mov rcx, qword [rbx+0x38]
            48 89 01                ; mov qword [rcx], rax
            48 85 c0                ; test rax, rax
            79 07                   ; jns advance
            0f ba 63 04 01          ; bt dword [rbx+0x4], 0x1
            73 16                   ; jae fail
            ; advance:
            48 83 c3 48             ; add rbx, 0x48
            eb d5                   ; jmp next
            ; compare: no system call: the word must be what is expected, else ESTALE
            31 c0                   ; xor eax, eax
            48 39 f7                ; cmp rdi, rsi
            74 dc                   ; je store
            48 c7 c0 8c ff ff ff    ; mov rax, 0xffffffffffffff8c
            eb d3                   ; jmp store
            ; fail: exit_group(127)
            bf 7f 00 00 00          ; mov edi, 0x7f
            b8 e7 00 00 00          ; mov eax, 0xe7
            0f 05                   ; syscall
            ; load: one row into the registers of a system call
            8b 03                   ; mov eax, dword [rbx]
            48 8b 7b 08             ; mov rdi, qword [rbx+0x8]
            0f ba 63 04 00          ; bt dword [rbx+0x4], 0x0
            73 03                   ; jae direct
            48 8b 3f                ; mov rdi, qword [rdi]
            ; direct:
            48 8b 73 10             ; mov rsi, qword [rbx+0x10]
            48 8b 53 18             ; mov rdx, qword [rbx+0x18]
            4c 8b 53 20             ; mov r10, qword [rbx+0x20]
            4c 8b 43 28             ; mov r8, qword [rbx+0x28]
            4c 8b 4b 30             ; mov r9, qword [rbx+0x30]
            c3                      ; ret
            """;

    private final Kernel kernel;

    /** The address, or a negated errno; 0 before the first use. */
    private long page;

    SpawnCode(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * The code, mapped once for the life of this process: there is no moment at which it could be
     * unmapped safely.
     */
    Function mapped() {
        long address = page();
        if (address < 0) {
            throw new IllegalStateException(
                    "no page of machine code: " + Errno.sentence((int) -address));
        }
        return Function.getFunction(new Pointer(address));
    }

    /** Whether this process may map machine code: 0, or the errno where the system forbids it. */
    int refusal() {
        return (int) -Math.min(0, page());
    }

    private synchronized long page() {
        if (page == 0) {
            page = CodePage.map(kernel, CodePage.bytes(X86_64));
        }
        return page;
    }
}
