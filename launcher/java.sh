# How the Java of Blast is started, said once: for use and for training its AOT cache.

# A short-lived program: the small collector, the quick compiler, no performance files. What the VM itself has to say goes to
# stderr, never into results. JNA and SQLite call native code.
java_flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'

# class_path HOME: sets class_path to the jars of HOME in one order, which an AOT cache needs.
class_path() {
    class_path=
    for jar in "$1"/lib/*.jar; do class_path="$class_path${class_path:+:}$jar"; done
}

# cache_manifest HOME JDK: what an AOT cache depends on. JDK 25 does not compare a cache with the jars of the day, so we do.
cache_manifest() {
    stat -L -c '%n %s %Y %i' "$1"/lib/*.jar "$2/lib/modules" "$2/release" 2>/dev/null
}

# aot_cache HOME JDK: sets aot_cache to the AOT cache made from exactly these jars by this JDK, or to nothing.
aot_cache() {
    aot_cache=$1/aot/blast.aot
    [ -f "$aot_cache" ] && [ -r "$1/aot/manifest" ] &&
        [ "$(cache_manifest "$1" "$2")" = "$(cat "$1/aot/manifest")" ] || aot_cache=
}
