package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import java.util.List;

/** What a system call gets: it goes through, it fails, the gate or its arguments decide. */
public sealed interface SyscallAnswer {
    record Allowed() implements SyscallAnswer {}

    record Refused(Errno errno) implements SyscallAnswer {}

    /** The gate is asked, and carries it out in the program's stead or refuses. */
    record AtTheGate() implements SyscallAnswer {}

    /**
     * The first clause that meets the arguments decides.
     *
     * @param otherwise where none does
     */
    record ByArguments(List<Clause> clauses, SyscallAnswer otherwise) implements SyscallAnswer {
        public ByArguments {
            clauses = List.copyOf(clauses);
        }
    }

    /**
     * A look at one argument, of which the low 32 bits count: the kernel looks at no more where it
     * means a number.
     *
     * @param first the value compared with; of {@link Match#WITHIN} the least
     * @param last of {@link Match#WITHIN} the greatest; else the same
     */
    record Clause(int argument, Match match, int first, int last, SyscallAnswer then) {
        static Clause of(int argument, Match match, int value, SyscallAnswer then) {
            return new Clause(argument, match, value, value, then);
        }

        static Clause within(int argument, int first, int last, SyscallAnswer then) {
            return new Clause(argument, Match.WITHIN, first, last, then);
        }

        boolean meets(long... arguments) {
            int value = argument < arguments.length ? (int) arguments[argument] : 0;
            return switch (match) {
                case EQUAL -> value == first;
                case NOT_EQUAL -> value != first;
                case ANY_BIT -> (value & first) != 0;
                case NO_BIT -> (value & first) == 0;
                case WITHIN ->
                        Integer.compareUnsigned(value, first) >= 0
                                && Integer.compareUnsigned(value, last) <= 0;
            };
        }
    }

    enum Match {
        EQUAL,
        NOT_EQUAL,
        ANY_BIT,
        NO_BIT,
        WITHIN
    }

    static SyscallAnswer refused(Errno errno) {
        return new Refused(errno);
    }

    /** What a call with these arguments gets: it goes through, it fails, or the gate decides. */
    default SyscallAnswer to(long... arguments) {
        return switch (this) {
            case Allowed _, Refused _, AtTheGate _ -> this;
            case ByArguments(List<Clause> clauses, SyscallAnswer otherwise) ->
                    clauses.stream()
                            .filter(clause -> clause.meets(arguments))
                            .findFirst()
                            .map(Clause::then)
                            .orElse(otherwise)
                            .to(arguments);
        };
    }
}
