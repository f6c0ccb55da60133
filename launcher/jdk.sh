# Finds a JDK without starting one: its `release` file tells the version. Sourced by the launcher, ./blast, ./install and ./verify.

BLAST_JDK=25

# jdk_version HOME: prints the feature version ("25") of the JDK at HOME; fails where there is none.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        [ "$key" = JAVA_VERSION ] || continue
        value=${value#\"}
        value=${value%%[!0-9]*}
        echo "$value"
        return 0
    done <"$1/release"
    return 1
}

# jdk_fits HOME PROGRAM: true where HOME is new enough and has bin/PROGRAM. Sets jdk_home. No process is started.
jdk_fits() {
    [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        [ "$key" = JAVA_VERSION ] || continue
        value=${value#\"}
        value=${value%%[!0-9]*}
        [ "${value:-0}" -ge "$BLAST_JDK" ] || return 1
        jdk_home=$1
        return 0
    done <"$1/release"
    return 1
}

# find_jdk PROGRAM: sets jdk_home to the first JDK that has bin/PROGRAM (java to run, javac to build): JAVA_HOME, then PATH,
# then the usual folders. An older java on the way is passed over.
find_jdk() {
    [ -n "${JAVA_HOME:-}" ] && jdk_fits "${JAVA_HOME%/}" "$1" && return 0
    on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) &&
        jdk_fits "${on_path%/bin/java}" "$1" && return 0
    for candidate in /usr/lib/jvm/*"$BLAST_JDK"* /usr/lib/jvm/* /opt/java/* /opt/*jdk* /opt/*jdk*/* /usr/java/* /usr/local/*jdk* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*; do
        jdk_fits "$candidate" "$1" && return 0
    done
    return 1
}

no_jdk() {
    seen=
    [ -n "${JAVA_HOME:-}" ] && seen=" JAVA_HOME is $JAVA_HOME (Java $(jdk_version "${JAVA_HOME%/}" || echo unknown))."
    echo "blast: no JDK $BLAST_JDK was found in JAVA_HOME, on PATH or under /usr/lib/jvm.$seen Install one (Debian: apt install openjdk-$BLAST_JDK-jdk, or a Temurin $BLAST_JDK package) or point JAVA_HOME at it." >&2
    exit 1
}
