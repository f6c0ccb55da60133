# How the Java of Blast is started, said once: for use and for training its AOT cache. Needs jdk.sh.

# A short-lived program: the small collector, the quick compiler, no performance files. What the VM itself has to say goes to
# stderr, never into results, and an AOT cache that it cannot use is no error. The cache goes where it was made for, because moving it
# costs each start 20 ms; heap, stacks and libraries stay at random addresses. Its heap comes in large pages, where the kernel has
# them: fewer faults, some 3 % of an installation. It begins small and grows as it must: left alone, it begins with a 64th of the
# machine's memory, fills that before it is ever cleared, and costs no less time. What is new has room to die in, since this collector
# lets what is old grow before it clears that. JNA, SQLite and zstd call native code.
java_flags='-XX:+UseSerialGC -Xms128m -Xmn80m -XX:SurvivorRatio=2 -XX:+UseTransparentHugePages -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error,aot*=off,cds*=off:stderr
  -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'

# class_path HOME [FOLDER]: sets class_path to the jars of HOME in one order, which an AOT cache needs; with those in lib/FOLDER behind them
# for what needs them, `optimiser` to resolve and `editor` to serve one: other commands open fewer files.
class_path() {
    case "$1" in *:*) echo "blast: Java cannot run from a folder with a colon in its path: $1" >&2; exit 1 ;; esac
    class_path=
    for jar in "$1"/lib/*.jar ${2:+"$1/lib/$2"/*.jar}; do class_path="$class_path${class_path:+:}$jar"; done
}

# resolves ARGUMENT…: whether one of the words is a command that asks the solver, an option that does, or a script to run, which may
# need packages. In doubt it does.
resolves() {
    runs= value=
    for word; do
        case "$word" in
        start | sync | add | remove | why | why-not | --outdated | --resolve | --with | --with=*) return 0 ;;
        run) runs=run ;;
        -- | -*=*) ;;
        -*) value=perhaps; continue ;;
        *.py) [ -z "$runs" ] || return 0 ;;
        *) [ -n "$value" ] || runs= ;;
        esac
        value=
    done
    return 1
}

# serves ARGUMENT…: whether it is the language server that is asked for.
serves() {
    of=
    for word; do
        case "$word" in policy) of=policy ;; lsp) [ -z "$of" ] || return 0 ;; esac
    done
    return 1
}

# native_path HOME: sets native_path to the native libraries for this machine, or to nothing: then JNA, SQLite and zstd unpack theirs
# into a temporary folder when they are needed. The loader's name, which the ABI fixes, tells architecture and glibc without a process.
native_path() {
    native_path=
    if [ -e /lib64/ld-linux-x86-64.so.2 ]; then native_path=$1/native/linux-x86_64
    elif [ -e /lib/ld-linux-aarch64.so.1 ]; then native_path=$1/native/linux-aarch64; fi
    [ -d "$native_path" ] || native_path=
}

# cache_manifest HOME JDK FOLDER: what the AOT caches in FOLDER depend on, and the caches last. JDK 25 does not reliably compare a
# cache with the jars of the day and crashes on a damaged one, so we do. The time of change (%.Z) cannot be set back.
cache_manifest() {
    stat -L --printf '%s %.Z %i;' "$1"/lib/*.jar "$1"/lib/optimiser/*.jar "$2/lib/modules" "$2/release" "$3/blast.aot" "$3/confined.aot" "$3/light.aot" 2>/dev/null
}

# aot_cache HOME JDK ARGUMENT…: sets aot_cache to the AOT cache made from exactly these jars by this JDK, or to nothing. All classes of a
# cache are there from the start, so there are three: for what resolves, for what confines or judges, and for the rest, each opening
# in less time than the one before. A wrong guess costs some milliseconds.
aot_cache() {
    aot_cache=
    [ -r "$1/aot/manifest" ] && read -r trained <"$1/aot/manifest" &&
        [ "$(cache_manifest "$1" "$2" "$1/aot")" = "$trained" ] || return 0
    aot_folder=$1/aot
    aot_cache=$aot_folder/light.aot
    shift 2
    if resolves "$@"; then aot_cache=$aot_folder/blast.aot; return 0; fi
    for word; do
        case "$word" in
            run | shell | check | save | load | policy | trust | advisories) aot_cache=$aot_folder/confined.aot; break ;;
        esac
    done
}

# open_streams: whoever closed a standard stream gets /dev/null there, else Java's own files take its number and programs inherit them.
open_streams() {
    { true 3>&2; } || exec 2>/dev/null # what the test says where it fails has no way out
    { true 3<&0; } 2>/dev/null || exec </dev/null
    { true 3>&1; } 2>/dev/null || exec >/dev/null
}

# need_folder: Java does not start in a folder that is gone. A shell may keep that to itself, and print nothing.
need_folder() {
    [ . -ef "${PWD:-}" ] || [ -n "$(pwd -P 2>/dev/null)" ] ||
        { echo "blast: the current folder is gone${PWD:+: $PWD}"; echo "  work in another folder: cd"; exit 2; } >&2
}

# set_java_options_aside: what these hold is meant for the person's own Java programs; Blast puts them back for what it starts.
set_java_options_aside() {
    [ -n "${JAVA_TOOL_OPTIONS+x}${JDK_JAVA_OPTIONS+x}${_JAVA_OPTIONS+x}" ] || return 0
    [ -z "${JAVA_TOOL_OPTIONS+x}" ] || export BLAST_ASIDE_JAVA_TOOL_OPTIONS="$JAVA_TOOL_OPTIONS"
    [ -z "${JDK_JAVA_OPTIONS+x}" ] || export BLAST_ASIDE_JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS"
    [ -z "${_JAVA_OPTIONS+x}" ] || export BLAST_ASIDE__JAVA_OPTIONS="$_JAVA_OPTIONS"
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
}

# start_blast HOME ARGUMENT…: becomes Blast. Expects jdk_home and aot_cache. Java names files in the encoding of the locale, and cannot
# name all where that is C or one that is not installed. It gets a locale that is always there, and Blast the LC_ALL to pass on.
start_blast() {
    home=$1
    shift
    need_folder
    if resolves "$@"; then class_path "$home" optimiser; elif serves "$@"; then class_path "$home" editor; else class_path "$home"; fi
    native_path "$home"
    set -- "-Dblast.home=$home" "-Dblast.lc_all=${LC_ALL:-}" -cp "$class_path" dev.blast.cli.Main "$@"
    [ -z "$native_path" ] || set -- "-Djna.boot.library.path=$native_path" "-Dorg.sqlite.lib.path=$native_path" "-DZstdNativePath=$native_path/libzstd-jni.so" "$@"
    # JNA makes a folder in whatever XDG_CACHE_HOME says; a relative path is none, says the specification.
    case "${XDG_CACHE_HOME:-/}" in /*) ;; *) set -- "-Djna.tmpdir=${TMPDIR:-/tmp}" "$@" ;; esac
    [ -z "$aot_cache" ] || set -- "-XX:AOTCache=$aot_cache" "$@"
    open_streams
    set_java_options_aside
    LC_ALL=C.UTF-8
    export LC_ALL
    exec "$jdk_home/bin/java" $java_flags "$@"
}
