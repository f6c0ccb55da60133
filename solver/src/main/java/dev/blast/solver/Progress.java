package dev.blast.solver;

/**
 * Hears what is being done now. Called on the thread that does it, and often: an implementation
 * decides what to show.
 */
public interface Progress {

    /** Nobody listens. */
    Progress SILENT =
            new Progress() {
                @Override
                public void phase(String what) {}

                @Override
                public void advance(String item, long done, long total) {}
            };

    /** Something new begins: "resolving". */
    void phase(String what);

    /**
     * The phase goes on.
     *
     * @param item what is worked on: "numpy 2.1.0"
     * @param total -1 where it is not known
     */
    void advance(String item, long done, long total);
}
