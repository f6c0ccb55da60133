package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;

/**
 * A grant that is not followed, since a sandboxed program may have decided where it leads.
 *
 * @param link the symbolic link on the way, in a folder granted for writing
 */
public record LeftOut(PathGrant grant, Path link) {

    Reason reason() {
        return Reason.ofBlast(
                "what %s names (%s)".formatted(grant.path(), grant.reason().origin()),
                "left out",
                link + " is a symbolic link in a folder granted for writing, and is not followed");
    }
}
