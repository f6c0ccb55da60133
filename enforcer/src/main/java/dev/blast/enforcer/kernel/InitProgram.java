package dev.blast.enforcer.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first process of a sandbox, as a program of less than a kilobyte. PID 1 must be more than the
 * program itself: signals without a handler do not reach a PID 1, and orphans become its children.
 *
 * <p>It waits for one byte on descriptor 3, starts the program, and then only reaps what ends and
 * passes on signals that come from outside the sandbox (those of a terminal reach the program
 * anyway, those from inside are not for it). It ends with the program's exit code, or 128 and its
 * signal; the kernel then kills what is left. What it was handed beside that line it keeps until
 * then for whoever takes it from outside, and closes before there is a program; from then on it
 * cannot be traced. Where the program cannot be run, it writes the errno to descriptor 3.
 *
 * <p>At once and then every five seconds it makes the calls of a table, a row of six words each:
 * the number and five arguments, -1 at the end. It writes what each returned to descriptor 6, as
 * many words as there is room for, and goes on whether somebody reads them or not. For the table it
 * keeps descriptor 5.
 */
public final class InitProgram {
    /** Of the memory that it is executed from. */
    public static final String NAME = "blast-init";

    /** What the kernel calls the process, see proc_pid_comm(5): as much of it as has room. */
    public static final String COMM = ("memfd:" + NAME).substring(0, 15);

    static final String X86_64 =
            """
            ; _start: argv[0] is the path to run, argv[1] and on its arguments
            4c 8b 24 24             ; mov r12, qword [rsp]
            4c 8d 6c 24 08          ; lea r13, [rsp+0x8]
            4f 8d 74 e5 08          ; lea r14, [r13+r12*8+0x8]
            48 81 ec 00 02 00 00    ; sub rsp, 0x200
            b8 6e 00 00 00          ; mov eax, 0x6e
            0f 05                   ; syscall
            89 c5                   ; mov ebp, eax
            bf 03 00 00 00          ; mov edi, 0x3
            48 89 e6                ; mov rsi, rsp
            ba 01 00 00 00          ; mov edx, 0x1
            31 c0                   ; xor eax, eax
            0f 05                   ; syscall
            83 f8 01                ; cmp eax, 0x1
            0f 85 12 02 00 00       ; jne abandoned
            bf 04 00 00 00          ; mov edi, 0x4
            31 f6                   ; xor esi, esi
            b8 9d 00 00 00          ; mov eax, 0x9d
            0f 05                   ; syscall
            bf 04 00 00 00          ; mov edi, 0x4
            b8 03 00 00 00          ; mov eax, 0x3
            0f 05                   ; syscall
            bf 07 00 00 00          ; mov edi, 0x7
            be ff ff ff ff          ; mov esi, 0xffffffff
            31 d2                   ; xor edx, edx
            b8 b4 01 00 00          ; mov eax, 0x1b4
            0f 05                   ; syscall
            bb 03 00 00 00          ; mov ebx, 0x3
            ; own: what stays open does not go through execve
            89 df                   ; mov edi, ebx
            be 02 00 00 00          ; mov esi, 0x2
            ba 01 00 00 00          ; mov edx, 0x1
            b8 48 00 00 00          ; mov eax, 0x48
            0f 05                   ; syscall
            83 c3 01                ; add ebx, 0x1
            83 fb 07                ; cmp ebx, 0x7
            75 e5                   ; jne own
            bf 11 00 00 00          ; mov edi, 0x11
            31 f6                   ; xor esi, esi
            31 d2                   ; xor edx, edx
            45 31 d2                ; xor r10d, r10d
            45 31 c0                ; xor r8d, r8d
            b8 38 00 00 00          ; mov eax, 0x38
            0f 05                   ; syscall
            48 85 c0                ; test rax, rax
            0f 84 4c 01 00 00       ; je program
            0f 88 88 01 00 00       ; js report
            49 89 c7                ; mov r15, rax
            31 ff                   ; xor edi, edi
            be 04 00 00 00          ; mov esi, 0x4
            31 d2                   ; xor edx, edx
            b8 b4 01 00 00          ; mov eax, 0x1b4
            0f 05                   ; syscall
            48 c7 04 24 ff ff ff ff ; mov qword [rsp], 0xffffffffffffffff
            48 c7 84 24 c0 00 00 00 01 00 00 00; mov qword [rsp+0xc0], 0x1
            48 c7 84 24 c8 00 00 00 00 00 00 00; mov qword [rsp+0xc8], 0x0
            31 db                   ; xor ebx, ebx
            ; wait: for any signal, a second at most
            bf 01 00 00 00          ; mov edi, 0x1
            48 8d b4 24 b0 00 00 00 ; lea rsi, [rsp+0xb0]
            b8 e4 00 00 00          ; mov eax, 0xe4
            0f 05                   ; syscall
            48 8b 84 24 b0 00 00 00 ; mov rax, qword [rsp+0xb0]
            48 89 c1                ; mov rcx, rax
            48 29 d9                ; sub rcx, rbx
            48 83 f9 05             ; cmp rcx, 0x5
            7d 41                   ; jge look
            ; sleep:
            48 89 e7                ; mov rdi, rsp
            48 8d 74 24 20          ; lea rsi, [rsp+0x20]
            48 8d 94 24 c0 00 00 00 ; lea rdx, [rsp+0xc0]
            41 ba 08 00 00 00       ; mov r10d, 0x8
            b8 80 00 00 00          ; mov eax, 0x80
            0f 05                   ; syscall
            85 c0                   ; test eax, eax
            78 b7                   ; js wait
            83 f8 11                ; cmp eax, 0x11
            74 7d                   ; je reap
            83 7c 24 28 00          ; cmp dword [rsp+0x28], 0x0
            7f ab                   ; jg wait
            39 6c 24 30             ; cmp dword [rsp+0x30], ebp
            75 a5                   ; jne wait
            44 89 ff                ; mov edi, r15d
            89 c6                   ; mov esi, eax
            b8 3e 00 00 00          ; mov eax, 0x3e
            0f 05                   ; syscall
            eb 97                   ; jmp wait
            ; look: at each wall, and say what came of it
            48 89 c3                ; mov rbx, rax
            4c 8d 25 ff 00 00 00    ; lea r12, [rip+rows]
            4c 8d ac 24 00 01 00 00 ; lea r13, [rsp+0x100]
            ; row:
            49 8b 04 24             ; mov rax, qword [r12]
            48 85 c0                ; test rax, rax
            78 29                   ; js told
            49 8b 7c 24 08          ; mov rdi, qword [r12+0x8]
            49 8b 74 24 10          ; mov rsi, qword [r12+0x10]
            49 8b 54 24 18          ; mov rdx, qword [r12+0x18]
            4d 8b 54 24 20          ; mov r10, qword [r12+0x20]
            4d 8b 44 24 28          ; mov r8, qword [r12+0x28]
            0f 05                   ; syscall
            49 89 45 00             ; mov qword [r13], rax
            49 83 c5 08             ; add r13, 0x8
            49 83 c4 30             ; add r12, 0x30
            eb ce                   ; jmp row
            ; told:
            bf 06 00 00 00          ; mov edi, 0x6
            48 8d b4 24 00 01 00 00 ; lea rsi, [rsp+0x100]
            ba 00 01 00 00          ; mov edx, 0x100
            b8 01 00 00 00          ; mov eax, 0x1
            0f 05                   ; syscall
            e9 5d ff ff ff          ; jmp sleep
            ; reap: every child that ended
            48 c7 c7 ff ff ff ff    ; mov rdi, 0xffffffffffffffff
            48 8d 74 24 10          ; lea rsi, [rsp+0x10]
            ba 01 00 00 00          ; mov edx, 0x1
            45 31 d2                ; xor r10d, r10d
            b8 3d 00 00 00          ; mov eax, 0x3d
            0f 05                   ; syscall
            48 85 c0                ; test rax, rax
            0f 8e 11 ff ff ff       ; jle wait
            4c 39 f8                ; cmp rax, r15
            75 d7                   ; jne reap
            8b 44 24 10             ; mov eax, dword [rsp+0x10]
            89 c7                   ; mov edi, eax
            83 e7 7f                ; and edi, 0x7f
            74 08                   ; je exited
            81 c7 80 00 00 00       ; add edi, 0x80
            eb 03                   ; jmp exit
            ; exited:
            0f b6 fc                ; movzx edi, ah
            ; exit:
            b8 e7 00 00 00          ; mov eax, 0xe7
            0f 05                   ; syscall
            ; program: unblock signals, execve
            bf 01 00 00 00          ; mov edi, 0x1
            be 09 00 00 00          ; mov esi, 0x9
            b8 9d 00 00 00          ; mov eax, 0x9d
            0f 05                   ; syscall
            48 c7 04 24 00 00 00 00 ; mov qword [rsp], 0x0
            bf 02 00 00 00          ; mov edi, 0x2
            48 89 e6                ; mov rsi, rsp
            31 d2                   ; xor edx, edx
            41 ba 08 00 00 00       ; mov r10d, 0x8
            b8 0e 00 00 00          ; mov eax, 0xe
            0f 05                   ; syscall
            49 8b 7d 00             ; mov rdi, qword [r13]
            49 8d 75 08             ; lea rsi, [r13+0x8]
            4c 89 f2                ; mov rdx, r14
            b8 3b 00 00 00          ; mov eax, 0x3b
            0f 05                   ; syscall
            ; report: the errno, to whoever started us
            48 89 04 24             ; mov qword [rsp], rax
            bf 03 00 00 00          ; mov edi, 0x3
            48 89 e6                ; mov rsi, rsp
            ba 08 00 00 00          ; mov edx, 0x8
            b8 01 00 00 00          ; mov eax, 0x1
            0f 05                   ; syscall
            ; abandoned: nobody said go
            bf 7f 00 00 00          ; mov edi, 0x7f
            eb 98                   ; jmp exit
            ; rows: what is looked at, behind the last instruction
            """;

    static final String AARCH64 =
            """
            ; _start: argv[0] is the path to run, argv[1] and on its arguments
            f6 03 40 f9             ; ldr x22, [sp]
            f4 23 00 91             ; add x20, sp, #0x8
            95 0e 16 8b             ; add x21, x20, x22, lsl #3
            b5 22 00 91             ; add x21, x21, #0x8
            ff 03 08 d1             ; sub sp, sp, #0x200
            a8 15 80 d2             ; mov x8, #0xad
            01 00 00 d4             ; svc #0x0
            f9 03 00 2a             ; mov w25, w0
            60 00 80 d2             ; mov x0, #0x3
            e1 03 00 91             ; mov x1, sp
            22 00 80 d2             ; mov x2, #0x1
            e8 07 80 d2             ; mov x8, #0x3f
            01 00 00 d4             ; svc #0x0
            1f 04 00 f1             ; cmp x0, #0x1
            01 10 00 54             ; b.ne abandoned
            80 00 80 d2             ; mov x0, #0x4
            01 00 80 d2             ; mov x1, #0x0
            e8 14 80 d2             ; mov x8, #0xa7
            01 00 00 d4             ; svc #0x0
            80 00 80 d2             ; mov x0, #0x4
            28 07 80 d2             ; mov x8, #0x39
            01 00 00 d4             ; svc #0x0
            e0 00 80 d2             ; mov x0, #0x7
            01 00 80 12             ; mov w1, #0xffffffff
            02 00 80 d2             ; mov x2, #0x0
            88 36 80 d2             ; mov x8, #0x1b4
            01 00 00 d4             ; svc #0x0
            73 00 80 d2             ; mov x19, #0x3
            ; own:
            e0 03 13 aa             ; mov x0, x19
            41 00 80 d2             ; mov x1, #0x2
            22 00 80 d2             ; mov x2, #0x1
            28 03 80 d2             ; mov x8, #0x19
            01 00 00 d4             ; svc #0x0
            73 06 00 91             ; add x19, x19, #0x1
            7f 1e 00 f1             ; cmp x19, #0x7
            21 ff ff 54             ; b.ne own
            20 02 80 d2             ; mov x0, #0x11
            01 00 80 d2             ; mov x1, #0x0
            02 00 80 d2             ; mov x2, #0x0
            03 00 80 d2             ; mov x3, #0x0
            04 00 80 d2             ; mov x4, #0x0
            88 1b 80 d2             ; mov x8, #0xdc
            01 00 00 d4             ; svc #0x0
            a0 09 00 b4             ; cbz x0, program
            80 0b f8 b7             ; tbnz x0, #63, report
            f7 03 00 aa             ; mov x23, x0
            00 00 80 d2             ; mov x0, #0x0
            81 00 80 d2             ; mov x1, #0x4
            02 00 80 d2             ; mov x2, #0x0
            88 36 80 d2             ; mov x8, #0x1b4
            01 00 00 d4             ; svc #0x0
            00 00 80 92             ; mov x0, #0xffffffffffffffff
            e0 03 00 f9             ; str x0, [sp]
            20 00 80 d2             ; mov x0, #0x1
            e0 7f 0c a9             ; stp x0, xzr, [sp, #192]
            13 00 80 d2             ; mov x19, #0x0
            ; wait:
            20 00 80 d2             ; mov x0, #0x1
            e1 c3 02 91             ; add x1, sp, #0xb0
            28 0e 80 d2             ; mov x8, #0x71
            01 00 00 d4             ; svc #0x0
            e9 5b 40 f9             ; ldr x9, [sp, #176]
            2a 01 13 cb             ; sub x10, x9, x19
            5f 15 00 f1             ; cmp x10, #0x5
            aa 02 00 54             ; b.ge look
            ; sleep:
            e0 03 00 91             ; mov x0, sp
            e1 83 00 91             ; add x1, sp, #0x20
            e2 03 03 91             ; add x2, sp, #0xc0
            03 01 80 d2             ; mov x3, #0x8
            28 11 80 d2             ; mov x8, #0x89
            01 00 00 d4             ; svc #0x0
            40 fe ff 37             ; tbnz w0, #31, wait
            1f 44 00 71             ; cmp w0, #0x11
            c0 03 00 54             ; b.eq reap
            e9 2b 40 b9             ; ldr w9, [sp, #40]
            3f 01 00 71             ; cmp w9, #0x0
            ac fd ff 54             ; b.gt wait
            e9 33 40 b9             ; ldr w9, [sp, #48]
            3f 01 19 6b             ; cmp w9, w25
            41 fd ff 54             ; b.ne wait
            e1 03 00 2a             ; mov w1, w0
            e0 03 17 aa             ; mov x0, x23
            28 10 80 d2             ; mov x8, #0x81
            01 00 00 d4             ; svc #0x0
            e5 ff ff 17             ; b wait
            ; look:
            f3 03 09 aa             ; mov x19, x9
            76 07 00 10             ; adr x22, rows
            f4 03 04 91             ; add x20, sp, #0x100
            ; row:
            c8 02 40 f9             ; ldr x8, [x22]
            08 01 f8 b7             ; tbnz x8, #63, told
            c0 86 40 a9             ; ldp x0, x1, [x22, #8]
            c2 8e 41 a9             ; ldp x2, x3, [x22, #24]
            c4 16 40 f9             ; ldr x4, [x22, #40]
            01 00 00 d4             ; svc #0x0
            80 86 00 f8             ; str x0, [x20], #8
            d6 c2 00 91             ; add x22, x22, #0x30
            f8 ff ff 17             ; b row
            ; told:
            c0 00 80 d2             ; mov x0, #0x6
            e1 03 04 91             ; add x1, sp, #0x100
            02 20 80 d2             ; mov x2, #0x100
            08 08 80 d2             ; mov x8, #0x40
            01 00 00 d4             ; svc #0x0
            db ff ff 17             ; b sleep
            ; reap:
            00 00 80 92             ; mov x0, #0xffffffffffffffff
            e1 43 00 91             ; add x1, sp, #0x10
            22 00 80 d2             ; mov x2, #0x1
            03 00 80 d2             ; mov x3, #0x0
            88 20 80 d2             ; mov x8, #0x104
            01 00 00 d4             ; svc #0x0
            1f 00 00 f1             ; cmp x0, #0x0
            6d f9 ff 54             ; b.le wait
            1f 00 17 eb             ; cmp x0, x23
            e1 fe ff 54             ; b.ne reap
            e9 13 40 b9             ; ldr w9, [sp, #16]
            20 19 00 72             ; ands w0, w9, #0x7f
            60 00 00 54             ; b.eq exited
            00 00 02 11             ; add w0, w0, #0x80
            02 00 00 14             ; b exit
            ; exited:
            20 3d 08 53             ; ubfx w0, w9, #8, #8
            ; exit:
            c8 0b 80 d2             ; mov x8, #0x5e
            01 00 00 d4             ; svc #0x0
            ; program:
            20 00 80 d2             ; mov x0, #0x1
            21 01 80 d2             ; mov x1, #0x9
            e8 14 80 d2             ; mov x8, #0xa7
            01 00 00 d4             ; svc #0x0
            ff 03 00 f9             ; str xzr, [sp]
            40 00 80 d2             ; mov x0, #0x2
            e1 03 00 91             ; mov x1, sp
            02 00 80 d2             ; mov x2, #0x0
            03 01 80 d2             ; mov x3, #0x8
            e8 10 80 d2             ; mov x8, #0x87
            01 00 00 d4             ; svc #0x0
            80 02 40 f9             ; ldr x0, [x20]
            81 22 00 91             ; add x1, x20, #0x8
            e2 03 15 aa             ; mov x2, x21
            a8 1b 80 d2             ; mov x8, #0xdd
            01 00 00 d4             ; svc #0x0
            ; report:
            e0 03 00 f9             ; str x0, [sp]
            60 00 80 d2             ; mov x0, #0x3
            e1 03 00 91             ; mov x1, sp
            02 01 80 d2             ; mov x2, #0x8
            08 08 80 d2             ; mov x8, #0x40
            01 00 00 d4             ; svc #0x0
            ; abandoned:
            e0 0f 80 52             ; mov w0, #0x7f
            e7 ff ff 17             ; b exit
            ; rows: what is looked at, behind the last instruction
            """;

    private static final long BASE = 0x400000;
    private static final int HEADER_BYTES = 64;
    private static final int SEGMENT_BYTES = 56;
    private static final int CODE_AT = HEADER_BYTES + 2 * SEGMENT_BYTES;
    private static final int PAGE_BYTES = 65536; // the largest of any kernel
    private static final int PT_LOAD = 1;
    private static final int PT_GNU_STACK = 0x6474e551;
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int EXECUTE = 1;

    private InitProgram() {}

    /** Where the rows of its table begin, in its memory. */
    public static long rowsAddress(Processor processor) {
        return BASE + CODE_AT + code(processor).length;
    }

    private static byte[] code(Processor processor) {
        return CodePage.bytes(
                switch (processor) {
                    case X86_64 -> X86_64;
                    case AARCH64 -> AARCH64;
                });
    }

    /**
     * An ELF file, see elf(5): one segment to run, and a stack that is not executable.
     *
     * @param rows its table, and what that points to
     */
    public static byte[] elf(Processor processor, byte[] rows) {
        byte[] code = code(processor);
        int size = CODE_AT + code.length + rows.length;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        file.putShort((short) 2).putShort(processor.elfMachine()).putInt(1); // an executable
        file.putLong(BASE + CODE_AT).putLong(HEADER_BYTES).putLong(0).putInt(0);
        file.putShort((short) HEADER_BYTES).putShort((short) SEGMENT_BYTES).putShort((short) 2);
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        segment(file, PT_LOAD, READ | EXECUTE, BASE, size, PAGE_BYTES);
        segment(file, PT_GNU_STACK, READ | WRITE, 0, 0, 16);
        return file.put(code).put(rows).array();
    }

    private static void segment(
            ByteBuffer file, int type, int flags, long address, long size, long alignment) {
        file.putInt(type).putInt(flags).putLong(0).putLong(address).putLong(address);
        file.putLong(size).putLong(size).putLong(alignment);
    }
}
