package dev.blast.rules.trial;

/**
 * A {@code .test.toml} file: cases for the policy file of the same name beside it.
 *
 * @param displayPath how people call it: {@code policies/network.test.toml}
 */
public record TestFile(String displayPath, String text) {

    /** The policy file that its cases are about. */
    public String policy() {
        return displayPath.replaceFirst("\\.test\\.toml$", ".drl");
    }

    /** How people call the cases for a policy file. */
    static String beside(String policy) {
        return policy.replaceFirst("(\\.drl)?$", ".test.toml");
    }
}
