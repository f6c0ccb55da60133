package dev.blast.environment.copy;

import java.nio.file.Path;

/**
 * What a program did to one name of a throwaway copy.
 *
 * @param path from the copied folder
 * @param before its size there, 0 for what is no file
 * @param after its size in the copy, likewise
 * @param detail more about it in words, such as where a link leads; may be empty
 */
public record CopyChange(
        Path path,
        Deed deed,
        Thing thing,
        long before,
        long after,
        String detail,
        Keepable standing) {

    /** What was done. */
    public enum Deed {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** What it is about; for what was removed, what there was. */
    public enum Thing {
        FILE,
        LINK,
        FOLDER,
        OTHER
    }

    CopyChange standing(Keepable other) {
        return new CopyChange(path, deed, thing, before, after, detail, other);
    }

    /** Whether it is kept with all others. */
    public boolean isFree() {
        return standing instanceof Keepable.Free;
    }

    /** Whether it is kept where somebody names it. */
    public boolean canBeKept() {
        return !(standing instanceof Keepable.Never);
    }
}
