package dev.blast.environment.change;

import java.util.Optional;

/**
 * Digests of what an answer followed from; each over bytes, without understanding them.
 *
 * @param project its files and its lock
 * @param rules the policies of all layers, the trust in the project's, and the known holes
 * @param interpreter the file that is started
 * @param asked the options that make another answer possible
 */
public record Circumstances(String project, String rules, String interpreter, String asked) {

    /** What is different from an earlier time, as a clause. */
    public Optional<String> changedSince(Circumstances then) {
        if (!project.equals(then.project)) {
            return Optional.of("the project's files or its lock have changed");
        }
        if (!rules.equals(then.rules)) {
            return Optional.of("the rules have changed");
        }
        if (!interpreter.equals(then.interpreter)) {
            return Optional.of("the interpreter is another one");
        }
        return asked.equals(then.asked)
                ? Optional.empty()
                : Optional.of("they were found for other options");
    }
}
