package dev.blast.cli;

/**
 * {@code blast check}: is the environment whole; with {@code --explain SUBJECT}: why is something
 * allowed or not.
 */
final class CheckCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        boolean explain = invocation.arguments().has("--explain");
        if (!invocation.arguments().operands().isEmpty() && !explain) {
            throw new Failure(
                    Exit.USAGE,
                    "check looks at the whole environment",
                    "to ask about one thing: blast check --explain "
                            + String.join(" ", invocation.arguments().operands()));
        }
        return invocation.arguments().operands().isEmpty()
                ? health(invocation, explain)
                : new ExplainSubject(invocation).run();
    }

    private static int health(Invocation invocation, boolean evidence) throws Exception {
        throw new IllegalStateException("not yet" + invocation + evidence);
    }
}
