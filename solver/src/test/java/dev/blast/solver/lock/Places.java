package dev.blast.solver.lock;

import dev.blast.packaging.InterpreterTraits;
import dev.blast.packaging.PlatformName;
import dev.blast.packaging.Version;
import dev.blast.solver.Target;
import java.util.ArrayList;
import java.util.List;

/** Places for tests: CPython of some minor versions on Linux, macOS and Windows. */
public final class Places {
    private static final List<String> PLATFORMS =
            List.of(
                    "x86_64-unknown-linux-gnu",
                    "aarch64-unknown-linux-gnu",
                    "aarch64-apple-darwin",
                    "x86_64-pc-windows-msvc");

    private Places() {}

    public static List<LockPlace> of(List<String> pythons) {
        var places = new ArrayList<LockPlace>();
        for (String word : PLATFORMS) {
            PlatformName platform = PlatformName.of(word);
            for (String python : pythons) {
                Version version = Version.parse(python);
                places.add(
                        LockPlace.of(
                                new Target(
                                        version,
                                        platform.markers(version),
                                        InterpreterTraits.cpython(version, platform.tags()))));
            }
        }
        return places;
    }
}
