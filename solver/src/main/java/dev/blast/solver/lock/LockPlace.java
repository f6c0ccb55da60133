package dev.blast.solver.lock;

import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.MarkerSet;
import dev.blast.packaging.TagSet;
import dev.blast.solver.Target;

/**
 * Interpreters for which the same versions are locked: those of one implementation and machine, and
 * of some versions of Python. One of them stands for all.
 *
 * @param target the one that stands for the others
 * @param python which versions, within its minor version
 * @param wheels those that are kept: more than the target itself can install, where others of the
 *     place can
 */
public record LockPlace(Target target, MarkerSet python, TagSet wheels) {

    /** The interpreters of the same minor version on the same platform. */
    public static LockPlace of(Target target) {
        return new LockPlace(
                target,
                MarkerSet.of(
                        Marker.parse(
                                "python_version == '%s'"
                                        .formatted(target.markers().pythonVersion()))),
                target.tags());
    }

    /** Its implementation and machine, for these versions of Python. */
    Marker platform(MarkerSet pythons) {
        String condition = pythons.marker().map(marker -> " and (" + marker + ")").orElse("");
        MarkerEnvironment markers = target.markers();
        return Marker.parse(
                "implementation_name == '%s'%s and sys_platform == '%s' and platform_machine == '%s'"
                        .formatted(
                                markers.implementationName(),
                                condition,
                                markers.sysPlatform(),
                                markers.platformMachine()));
    }

    /** All interpreters of it. */
    MarkerSet where() {
        return MarkerSet.of(platform(MarkerSet.End.ALL)).and(python);
    }
}
