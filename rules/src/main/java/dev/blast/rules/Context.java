package dev.blast.rules;

import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import java.util.List;

/**
 * What is true whatever is asked: the session, and what is installed in its environment.
 *
 * @param withheld what no rule opens for this session
 */
public record Context(Session session, List<Distribution> installed, List<Withheld> withheld) {
    public Context {
        installed = List.copyOf(installed);
        withheld = List.copyOf(withheld);
    }

    public Context(Session session, List<Distribution> installed) {
        this(session, installed, List.of());
    }
}
