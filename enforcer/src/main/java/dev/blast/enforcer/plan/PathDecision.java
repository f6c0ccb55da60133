package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Ruling;
import java.nio.file.Path;
import java.util.List;

/**
 * What becomes of one path in a sandbox, and why.
 *
 * @param leadsTo where its links lead inside
 * @param isThere whether something is there, for the program or for nobody to see
 * @param readable whether what is there outside can be read at the path
 * @param writable whether something can be written there, be it kept or not
 * @param because who decides: rules, or Blast itself; empty where no rule names it
 */
public record PathDecision(
        Path leadsTo,
        Place place,
        boolean isThere,
        boolean readable,
        boolean writable,
        List<Reason> because) {

    /** What a place inside is made of. */
    public enum Place {
        /** It is the machine's, as a rule grants it. */
        GRANTED,
        /** It lies in an empty folder of the sandbox's own. */
        TEMPORARY,
        /** It is covered, or kept from being made. */
        HIDDEN,
        /** An empty folder on the way to what is granted. */
        MADE,
        /** A device, or the kernel's words about the sandbox, which has them always. */
        OWN,
        /** Nothing is there. */
        ABSENT,
        /** Nothing keeps a program from it here. */
        OPEN
    }

    public PathDecision {
        because = List.copyOf(because);
    }

    public Ruling reading() {
        return new Ruling(readable, because);
    }

    public Ruling writing() {
        return new Ruling(writable, because);
    }
}
