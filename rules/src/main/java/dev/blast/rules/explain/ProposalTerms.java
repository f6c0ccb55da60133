package dev.blast.rules.explain;

import dev.blast.rules.fact.Session;
import dev.blast.rules.vocabulary.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a proposed rule holds on to, and where it goes.
 *
 * @param keeps fields of the session that a proposed rule names, since they were asked for by name
 * @param file the project's policy file for rules of one kind: {@code network} to {@code
 *     policies/network.drl}; empty where none is read
 */
public record ProposalTerms(List<Kept> keeps, Function<String, Optional<String>> file) {
    /** For every session, into the folder where policies are most often. */
    public static final ProposalTerms USUAL =
            new ProposalTerms(List.of(), name -> Optional.of("policies/" + name + ".drl"));

    public ProposalTerms {
        keeps = List.copyOf(keeps);
    }

    /** What a proposed rule can hold on to. */
    public enum Kept {
        COMMAND,
        CI,
        PURPOSE
    }

    /** The session's pattern of a proposed rule; empty where the language cannot write it. */
    Optional<String> pattern(Session session) {
        var constraints = new StringBuilder();
        for (Kept kept : keeps) {
            Optional<String> value =
                    switch (kept) {
                        case COMMAND -> Quoted.literal(session.command());
                        case CI -> Optional.of(Boolean.toString(session.ci()));
                        case PURPOSE -> Optional.of(session.purpose().name());
                    };
            if (value.isEmpty()) {
                return Optional.empty();
            }
            constraints
                    .append(constraints.isEmpty() ? " " : ", ")
                    .append(
                            switch (kept) {
                                case COMMAND -> "command";
                                case CI -> "ci";
                                case PURPOSE -> "purpose";
                            })
                    .append(" == ")
                    .append(value.get());
        }
        return Optional.of("Session(" + constraints + " )");
    }
}
