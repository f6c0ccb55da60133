# Finds a JDK without starting one: its `release` file tells the version. Sourced by everything that needs one.

BLAST_JDK=25

# jdk_version HOME: sets jdk_version to the feature version ("25") of the JDK at HOME; fails where there is none.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r jdk_property jdk_value; do
        [ "$jdk_property" = JAVA_VERSION ] || continue
        jdk_value=${jdk_value#\"}
        jdk_version=${jdk_value%%[!0-9]*}
        [ -n "$jdk_version" ]
        return
    done <"$1/release"
    return 1
}

# jdk_fits HOME PROGRAM FOUND: true where HOME is new enough and has bin/PROGRAM. Sets jdk_home, and jdk_from to how it was found.
jdk_fits() {
    [ -x "$1/bin/$2" ] && jdk_version "$1" && [ "$jdk_version" -ge "$BLAST_JDK" ] || return 1
    jdk_home=$1
    jdk_from=$3
}

# tools_folder: sets tools to where launcher/tools.sh puts what it brings.
tools_folder() {
    case "${XDG_CACHE_HOME:-}" in /*) tools=$XDG_CACHE_HOME/blast/tools ;; *) tools=${HOME:-/nonexistent}/.cache/blast/tools ;; esac
}

# find_jdk PROGRAM: finds the first JDK that has bin/PROGRAM (java to run, javac to build): JAVA_HOME, then PATH, then the usual
# folders, then what was brought. An older java on the way is passed over.
find_jdk() {
    [ -n "${JAVA_HOME:-}" ] && jdk_fits "${JAVA_HOME%/}" "$1" JAVA_HOME && return 0
    on_path=$(command -v java) && on_path=$(readlink -f "$on_path") && jdk_fits "${on_path%/bin/java}" "$1" PATH && return 0
    tools_folder
    for candidate in /usr/lib/jvm/*"$BLAST_JDK"* /usr/lib/jvm/* /opt/java/* /opt/*jdk* /opt/*jdk*/* /usr/java/* /usr/local/*jdk* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
        "$tools"/jdk-*; do
        jdk_fits "$candidate" "$1" "$candidate" && return 0
    done
    return 1
}

# no_jdk PROGRAM: says what was looked at and what to do, and ends.
no_jdk() {
    seen=
    if [ -n "${JAVA_HOME:-}" ]; then
        if jdk_version "${JAVA_HOME%/}"; then seen=" JAVA_HOME is $JAVA_HOME (Java $jdk_version)."; else seen=" JAVA_HOME is $JAVA_HOME (no JDK is there)."; fi
    fi
    what=
    [ "$1" = javac ] && what=' with a compiler'
    echo "blast: no JDK $BLAST_JDK$what was found in JAVA_HOME, on PATH or under /usr/lib/jvm.$seen Install one (Debian from 13 and Ubuntu from 22.04: apt install openjdk-$BLAST_JDK-jdk; elsewhere a Temurin $BLAST_JDK package) or point JAVA_HOME at it." >&2
    exit 1
}
