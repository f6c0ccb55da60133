package dev.blast.rules.fact;

/**
 * Something that a session ran into, or that was found to be wrong about its sandbox.
 *
 * @param count how often in this session, of this kind and about this subject
 * @param subject what it was about: {@code host:port} or a name that was looked up, a limit as the
 *     rules write it ({@code 512 MiB}), a path, a wall of the sandbox
 */
public record Violation(ViolationKind kind, long count, String subject) implements Judged {
    public Violation {
        if (count < 0) {
            throw new IllegalArgumentException("not a count: " + count);
        }
    }
}
