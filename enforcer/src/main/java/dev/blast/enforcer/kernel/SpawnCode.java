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

    static final String AARCH64 =
            """
            ; entry: the table is in x0
            fd 7b be a9             ; stp x29, x30, [sp, #-32]!
            f3 53 01 a9             ; stp x19, x20, [sp, #16]
            f3 03 00 aa             ; mov x19, x0
            24 00 00 94             ; bl load
            01 00 00 d4             ; svc #0x0
            73 22 01 91             ; add x19, x19, #0x48
            21 00 00 94             ; bl load
            01 00 00 d4             ; svc #0x0
            40 01 00 b4             ; cbz x0, child
            f4 03 00 aa             ; mov x20, x0
            60 22 00 f9             ; str x0, [x19, #64]
            73 22 01 91             ; add x19, x19, #0x48
            1b 00 00 94             ; bl load
            01 00 00 d4             ; svc #0x0
            e0 03 14 aa             ; mov x0, x20
            f3 53 41 a9             ; ldp x19, x20, [sp, #16]
            fd 7b c2 a8             ; ldp x29, x30, [sp], #32
            c0 03 5f d6             ; ret
            ; child:
            73 42 02 91             ; add x19, x19, #0x90
            ; next:
            14 00 00 94             ; bl load
            69 06 40 b9             ; ldr w9, [x19, #4]
            49 01 10 37             ; tbnz w9, #2, compare
            01 00 00 d4             ; svc #0x0
            ; store:
            60 22 00 f9             ; str x0, [x19, #64]
            69 1e 40 f9             ; ldr x9, [x19, #56]
            20 01 00 f9             ; str x0, [x9]
            60 00 f8 b6             ; tbz x0, #63, advance
            69 06 40 b9             ; ldr w9, [x19, #4]
            09 01 08 36             ; tbz w9, #1, fail
            ; advance:
            73 22 01 91             ; add x19, x19, #0x48
            f5 ff ff 17             ; b next
            ; compare:
            1f 00 01 eb             ; cmp x0, x1
            00 00 80 d2             ; mov x0, #0x0
            c0 fe ff 54             ; b.eq store
            60 0e 80 92             ; mov x0, #0xffffffffffffff8c
            f4 ff ff 17             ; b store
            ; fail:
            e0 0f 80 d2             ; mov x0, #0x7f
            c8 0b 80 d2             ; mov x8, #0x5e
            01 00 00 d4             ; svc #0x0
            ; load:
            68 02 40 b9             ; ldr w8, [x19]
            60 06 40 f9             ; ldr x0, [x19, #8]
            69 06 40 b9             ; ldr w9, [x19, #4]
            49 00 00 36             ; tbz w9, #0, direct
            00 00 40 f9             ; ldr x0, [x0]
            ; direct:
            61 0a 41 a9             ; ldp x1, x2, [x19, #16]
            63 12 42 a9             ; ldp x3, x4, [x19, #32]
            65 1a 40 f9             ; ldr x5, [x19, #48]
            c0 03 5f d6             ; ret
            """;

    private final Kernel kernel;
    private final Processor processor;

    /** The address, or a negated errno; 0 before the first use. */
    private long page;

    SpawnCode(Kernel kernel, Processor processor) {
        this.kernel = kernel;
        this.processor = processor;
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
            String listing =
                    switch (processor) {
                        case X86_64 -> X86_64;
                        case AARCH64 -> AARCH64;
                    };
            page = CodePage.map(kernel, CodePage.bytes(listing));
        }
        return page;
    }
}
