package dev.blast.rules;

import dev.blast.rules.verdict.SandboxPolicy;
import java.util.Optional;

/**
 * What was found out before, kept by whoever has a place for it, so that policies need not be read
 * and asked again. What it is kept under is a digest of all that it follows from; whoever keeps it
 * tells apart what different versions of Blast found out. May forget everything at any time. Any
 * thread may use it.
 */
public interface Memory {
    /** Nothing is kept. */
    Memory NONE =
            new Memory() {
                @Override
                public Optional<Mentions> mentions(String policy) {
                    return Optional.empty();
                }

                @Override
                public void keep(String policy, Mentions mentions) {}

                @Override
                public boolean wasReadAlike(String file) {
                    return false;
                }

                @Override
                public void keepReadAlike(String file) {}

                @Override
                public Optional<SandboxPolicy> granted(String question) {
                    return Optional.empty();
                }

                @Override
                public void keep(String question, SandboxPolicy granted) {}
            };

    /** What the rules of a policy look at; kept of policies without a mistake or a remark alone. */
    Optional<Mentions> mentions(String policy);

    void keep(String policy, Mentions mentions);

    /** Whether our reading of a file and that of Drools' parser were found to be the same. */
    boolean wasReadAlike(String file);

    void keepReadAlike(String file);

    /** What a policy grants a session. */
    Optional<SandboxPolicy> granted(String question);

    void keep(String question, SandboxPolicy granted);
}
