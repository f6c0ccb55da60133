package dev.blast.environment.install;

import dev.blast.packaging.PackageName;

/**
 * A file that one distribution brings to a place of another's.
 *
 * @param target relative to the environment's root
 * @param owner whose place it is
 * @param kind what it does there
 */
public record Trespass(String target, PackageName owner, Kind kind) {

    /** What a file can do to another distribution, the gravest first. */
    public enum Kind {
        /** One brings a file, the other a folder of that name: no rule can have both. */
        BLOCKS("brings %s, which cannot be beside a file of %s"),
        /** Both bring the file, with different content. */
        REPLACES("brings %s, which is a file of %s"),
        /** It is found where a module of the other's would be. */
        SHADOWS("brings %s, which stands for a module of %s"),
        /** It is new, and lies in a package of the other's, which is no namespace. */
        INTRUDES("brings %s into a package of %s"),
        /** It makes a package of a folder in which the other has files. */
        ENCLOSES("brings %s, which makes a package of a folder of %s");

        private final String template;

        Kind(String template) {
            this.template = template;
        }
    }

    @Override
    public String toString() {
        return kind.template.formatted(target, owner);
    }
}
