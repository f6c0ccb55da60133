package dev.blast.index;

import dev.blast.packaging.Host;

/**
 * The state of a project by PEP 792: {@code active}, {@code archived}, {@code quarantined}, {@code
 * deprecated}, or a later word.
 *
 * @param state in lower case: what is withheld in capitals is withheld
 * @param reason as the index gave it, empty where none was given
 */
public record ProjectStatus(String state, String reason) {

    public ProjectStatus {
        state = Host.lower(state);
    }

    /** What holds where an index says nothing. */
    public static final ProjectStatus ACTIVE = new ProjectStatus("active", "");

    /** Whether the index withholds the files because the project may be harmful. */
    public boolean isQuarantined() {
        return state.equals("quarantined");
    }
}
