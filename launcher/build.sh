# Builds the distribution from a checkout and finds it again. Sourced by ./blast and ./install. Needs jdk.sh and java.sh.
#
# A build is made aside from a copy of its sources, under a name that is the hash of that copy, and renamed when it is whole: a
# failed or interrupted build is never taken for a finished one, and two at once end in the same place. The file `current` holds
# the name of the build to use; its time is from before the copy was made. Everything happens in ROOT/target/dist.

maven_flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED'

# build_inputs EXPRESSION: runs find's EXPRESSION over what a build depends on, relative to the checkout's root.
build_inputs() {
    find pom.xml .mvn launcher policies */pom.xml */src/main \( -name '.*' ! -name .mvn -o -name '*~' \) -prune -o "$@"
}

# current_build ROOT: sets builds to where the builds of ROOT are kept and dist to the finished build of exactly the sources there
# are; fails where there is none. The time of change of a file cannot be set back; that of a folder tells of removed files.
current_build() {
    builds=$1/target/dist
    up_to_date "$1" && return 0
    # A checkout that is read-only or somebody else's is built in the cache of the one who asks.
    [ -O "$1" ] && [ -w "$1" ] && mkdir -p "$builds" 2>/dev/null && [ -w "$builds" ] && return 1
    builds=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/blast/builds/$(echo "$1" | cksum | tr ' ' -)
    up_to_date "$1"
}

up_to_date() {
    [ -r "$builds/current" ] && read -r key <"$builds/current" && dist=$builds/$key && [ -x "$dist/bin/blast" ] &&
        [ -z "$(cd "$1" && build_inputs -cnewer "$builds/current" -print -quit 2>&1)" ]
}

# ensure_build ROOT: sets dist to the finished build of the sources at ROOT, building it where there is none.
ensure_build() {
    current_build "$1" && return 0
    mkdir -p "$builds" 2>/dev/null && [ -w "$builds" ] || {
        echo "blast: neither $1/target nor $builds can be written to; set XDG_CACHE_HOME to a folder for the build." >&2
        exit 1
    }
    find_jdk javac || { . "$1/launcher/tools.sh"; bring_jdk "$1" javac; }
    mvn=$(command -v mvn) || { . "$1/launcher/tools.sh"; bring_maven "$1"; }
    exec 9>"$builds/lock" || exit 1
    flock -n 9 || { echo "blast: another build is under way; waiting for it" >&2; flock 9; }
    current_build "$1" || build "$1"
    exec 9>&-
}

build() {
    started=$(date +%s)
    aside=$builds/making.$$
    maven=
    trap '[ -z "$maven" ] || { kill "$maven"; wait; } 2>/dev/null; rm -rf "$aside"' EXIT
    trap 'echo "blast: interrupted; nothing was built" >&2; exit 130' INT
    trap 'exit 143' HUP TERM
    rm -rf "$builds"/making.* 2>/dev/null
    mkdir -p "$aside/src" && touch "$aside/started" || exit 1
    said=$({ (cd "$1" && build_inputs -type f -print | tar -cf - -T -) | tar -xf - -C "$aside/src"; } 2>&1) || {
        echo "blast: the sources could not be copied to $aside: $(echo "$said" | head -n 1)" >&2
        exit 1
    }
    key=$(cd "$aside/src" && build_inputs -type f -print | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c1-16)
    dist=$builds/$key
    if [ ! -x "$dist/bin/blast" ]; then
        echo "blast: building Blast with Java $jdk_version from $jdk_from (the first time this fetches libraries)" >&2
        run_maven || exit 1
        mv "$aside/src/cli/target/dist" "$dist" || exit 1
        echo "blast: built in $(($(date +%s) - started)) s" >&2
    fi
    echo "$key" >"$aside/current" && touch -r "$aside/started" "$aside/current" && mv "$aside/current" "$builds/current" || exit 1
    rm -rf "$aside"
    trap - EXIT HUP INT TERM
    remove_unused "$builds" "$key"
}

# run_maven: builds in $aside/src. One line per phase; on failure what Maven called an error, and where the whole log is.
run_maven() {
    mkfifo "$aside/said" || return 1
    (show_phases) <"$aside/said" 9>&- &
    (
        cd "$aside/src" || exit 1
        JAVA_HOME=$jdk_home MAVEN_OPTS=${MAVEN_OPTS:-$maven_flags}
        export JAVA_HOME MAVEN_OPTS
        exec "$mvn" -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true package
    ) </dev/null >"$aside/said" 2>&1 9>&- &
    maven=$!
    wait "$maven"
    status=$?
    maven=
    wait
    mv "$aside/log" "$builds/build.log"
    [ "$status" != 0 ] || return 0
    sed -n 's/ -> \[Help [0-9]*\]$//; s/^\[ERROR\] \[ERROR\]/[ERROR]/; s|/.*/making\.[0-9]*/src/||; /^\[ERROR\] *\(For more information\|To see the full\|Re-run Maven\|\[Help\|After correcting\|mvn <\|$\)/d; /^\[ERROR\]/p' \
        "$builds/build.log" | awk '!seen[$0]++' | head -n 8 >&2
    ! grep -q 'Unknown host\|Could not transfer\|offline mode' "$builds/build.log" ||
        echo "blast: libraries could not be fetched; is there a network, or a proxy or mirror to name in ~/.m2/settings.xml?" >&2
    echo "blast: the build failed (Maven ended with $status); its whole log is $builds/build.log. Nothing was replaced." >&2
    return 1
}

# show_phases: copies Maven's output to the log and says the phases on stderr.
show_phases() {
    fetched=0
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case "$line" in
        '[INFO] Downloaded from '*.jar\ *)
            fetched=$((fetched + 1))
            [ $((fetched % 25)) != 0 ] || echo "  $fetched libraries fetched" >&2 ;;
        '[INFO] Building Blast '[a-z]*']')
            line=${line#'[INFO] Building Blast '}
            echo "  [${line##*\[} ${line%% *}" >&2 ;;
        esac
    done >"$aside/log"
}

# remove_unused FOLDER KEY: removes the builds in FOLDER but KEY, those that run, and those so young that one may be starting.
remove_unused() {
    for old in "$1"/????????????????; do
        [ "$old" != "$1/$2" ] && [ -n "$(find "$old" -maxdepth 0 -type d -mmin +5)" ] || continue
        grep -qsF -e "-Dblast.home=$old" /proc/[0-9]*/cmdline || rm -rf "$old"
    done
}

# train_aside DIST JDK: trains the AOT cache while the caller goes on, with none of its descriptors, terminal or folder.
train_aside() {
    [ -w "$1" ] && [ ! -e "$1/aot.failed" ] || return 0
    (cd / && exec nice -n 19 setsid "$1/launcher/train" "$1") </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
}
