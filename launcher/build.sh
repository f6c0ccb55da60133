# Builds the distribution from a checkout and finds it again. Sourced by ./blast and ./install.
#
# A build is made aside from a copy of its sources, under a name that is the hash of that copy, and renamed when it is whole: a
# failed or interrupted build is never taken for a finished one, and two at once end in the same place.

# build_inputs: the files a build depends on, relative to the checkout's root.
build_inputs() {
    find pom.xml .mvn launcher policies packaging rules solver enforcer environment daemon cli \
        \( -name target -o -path '*/src/test' \) -prune -o -type f -print
}

# find_build ROOT: sets dist to the finished build of exactly the sources at ROOT, where it is known without reading them all;
# otherwise sets builds to the folder that a build goes to: a checkout that cannot be written to is built in the user's cache.
find_build() {
    builds=$1/target/dist
    fresh_build "$1" && return 0
    mkdir -p "$builds" 2>/dev/null && [ -w "$builds" ] && return 1
    builds=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/blast/builds/$(echo "$1" | cksum | tr ' ' -)
    fresh_build "$1"
}

# fresh_build ROOT: true where the build in builds is whole and nothing at ROOT is newer. A folder's time tells of removed files.
fresh_build() {
    dist=$builds/current
    [ -x "$dist/bin/blast" ] && [ -f "$builds/stamp" ] && (
        cd "$1" && [ -z "$(find pom.xml .mvn launcher policies packaging rules solver enforcer environment daemon cli \
            \( -name target -o -path '*/src/test' \) -prune -o -newer "$builds/stamp" -print -quit)" ]
    )
}

# ensure_build ROOT: sets dist to the finished build of the sources at ROOT, building it where there is none.
ensure_build() {
    find_build "$1" && return 0
    mkdir -p "$builds" || exit 1
    command -v mvn >/dev/null 2>&1 || { echo "blast: Maven is needed to build Blast and no mvn is on PATH (Debian: apt install maven)." >&2; exit 1; }
    find_jdk javac || no_jdk
    exec 9>"$builds/lock"
    if command -v flock >/dev/null 2>&1 && ! flock -n 9; then
        echo "blast: another build is under way; waiting for it" >&2
        flock 9
    fi
    find_build "$1" || build "$1"
    exec 9>&-
    dist=$(readlink -f "$builds/current")
}

build() {
    started=$(date +%s)
    rm -rf "$builds"/making.*
    aside=$builds/making.$$
    trap 'rm -rf "$aside"' EXIT
    trap 'exit 130' HUP INT TERM
    mkdir -p "$aside/src"
    touch "$aside/stamp"
    (cd "$1" && build_inputs | tar -cf - -T -) | tar -xf - -C "$aside/src" || exit 1
    key=$(cd "$aside/src" && build_inputs | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c1-16)
    if [ ! -x "$builds/$key/bin/blast" ]; then
        echo "blast: building Blast with Java $(jdk_version "$jdk_home") from $jdk_home (the first time this fetches libraries)" >&2
        run_maven "$aside" || exit 1
        mv "$aside/src/cli/target/dist" "$builds/$key" || exit 1
        echo "blast: built in $(($(date +%s) - started)) s" >&2
    fi
    ln -sfn "$key" "$aside/current" && mv -T "$aside/current" "$builds/current" && mv "$aside/stamp" "$builds/stamp" || exit 1
    for old in "$builds"/*/; do
        old=${old%/}
        case "$old" in */current | "$builds/$key" | "$aside") ;; *) [ -n "$(find "$old" -maxdepth 0 -mmin +60)" ] && rm -rf "$old" ;; esac
    done
    rm -rf "$aside"
    trap - EXIT HUP INT TERM
}

# run_maven ASIDE: one line per phase; on failure what Maven called an error, and where the whole log is.
run_maven() {
    (
        cd "$1/src" && JAVA_HOME=$jdk_home MAVEN_OPTS="--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" \
            mvn -B -ntp -Dstyle.color=never -Dquick -Dmaven.test.skip=true package </dev/null 2>&1
        echo $? >"$1/status"
    ) | tee "$builds/build.log" | sed -u -n 's/^\[INFO\] Building Blast \([a-z]*\) .*\(\[[0-9]*\/[0-9]*\]\)$/  \2 \1/p; s/^\[INFO\] Downloaded from [^:]*: .*\/\([^/]*\.jar\) .*/  fetched \1/p' >&2
    [ "$(cat "$1/status")" = 0 ] && return 0
    sed -n 's/ -> \[Help 1\]$//; /^\[ERROR\] *$/d; /^\[ERROR\]/p' "$builds/build.log" | head -n 6 >&2
    echo "blast: the build failed; the whole log is $builds/build.log. Nothing was replaced." >&2
    return 1
}

# train_aside DIST: trains the AOT cache while the caller goes on.
train_aside() {
    [ -f "$1/aot/manifest" ] || [ ! -w "$1" ] || nohup "$1/launcher/train" "$1" </dev/null >/dev/null 2>&1 &
}
