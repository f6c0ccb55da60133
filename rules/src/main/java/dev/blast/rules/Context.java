package dev.blast.rules;

import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import java.util.List;

/** What is true whatever is asked: the session, and what is installed in its environment. */
public record Context(Session session, List<Distribution> installed) {
    public Context {
        installed = List.copyOf(installed);
    }
}
