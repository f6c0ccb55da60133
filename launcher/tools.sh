# Brings the JDK and the Maven that a fresh machine lacks into the user's cache. Sourced by ./blast, ./install and ./verify, and only
# where one is missing. Needs jdk.sh.
#
# launcher/pins says what is brought, from where and with which hash; wherever an archive came from, one with another hash is not
# unpacked. All happens in a folder beside the place, which is renamed when it is whole. What this needs beside coreutils is python3,
# or tar and curl or wget.

# bring_jdk ROOT PROGRAM: brings the JDK that the checkout at ROOT pins and finds PROGRAM in it, or says why not and ends.
bring_jdk() {
    bring "$1" jdk "${BLAST_JDK_ARCHIVE:-}" BLAST_JDK_ARCHIVE bin/javac && find_jdk "$2" || no_jdk "$2"
}

# bring_maven ROOT: sets mvn to the mvn of the Maven that the checkout at ROOT pins, which is brought where it is not there yet.
bring_maven() {
    bring "$1" maven "${BLAST_MAVEN_ARCHIVE:-}" BLAST_MAVEN_ARCHIVE bin/mvn || {
        echo "blast: Maven is needed to build Blast and no mvn is on PATH (Debian, Ubuntu: apt install maven)." >&2
        exit 1
    }
    mvn=$brought/bin/mvn
}

# bring ROOT NAME ARCHIVE VARIABLE PROOF: sets brought to the folder of the pinned tool NAME, in which PROOF can be run. ARCHIVE is a
# path or an address to take instead of the pinned one, and VARIABLE what it came from.
bring() {
    if [ -e /lib64/ld-linux-x86-64.so.2 ]; then machine=x86_64
    elif [ -e /lib/ld-linux-aarch64.so.1 ]; then machine=aarch64
    else machine=other; fi
    pin_url=
    while read -r pin_name pin_machine pin_version pin_hash pin_url; do
        [ "$pin_name" = "$2" ] && { [ "$pin_machine" = any ] || [ "$pin_machine" = "$machine" ]; } && break
        pin_url=
    done <"$1/launcher/pins"
    [ -n "$pin_url" ] || { echo "blast: no $2 is pinned for this machine (only glibc on x86-64 and aarch64)" >&2; return 1; }
    tools_folder
    brought=$tools/$2-$pin_version-$pin_machine
    [ ! -x "$brought/$5" ] || return 0
    from=${3:-$pin_url}
    case "$from" in
    *://*) [ "${BLAST_DOWNLOAD:-}" != never ] || { echo "blast: no $2 is downloaded, because BLAST_DOWNLOAD is never" >&2; return 1; } ;;
    *) [ -r "$from" ] || { echo "blast: $4 names $from, which cannot be read" >&2; return 1; } ;;
    esac
    mkdir -p "$tools" 2>/dev/null && [ -w "$tools" ] || {
        echo "blast: $2 $pin_version cannot be put into $tools, which cannot be written to; set XDG_CACHE_HOME to a folder for it" >&2
        return 1
    }
    # Two at once: the second waits and finds what the first has brought. What lies about from one that was killed goes.
    exec 8>"$tools/lock" || return 1
    flock -n 8 || { echo "blast: another start is bringing $2 or the like; waiting for it" >&2; flock 8; }
    brought_whole "$2" "$4" "$5"
    brought_status=$?
    exec 8>&-
    return "$brought_status"
}

brought_whole() {
    [ ! -x "$brought/$3" ] || return 0
    rm -rf "$tools"/making.* 2>/dev/null
    aside=$(mktemp -d "$tools/making.XXXXXX") || return 1
    worker=
    trap '[ -z "$worker" ] || { kill "$worker"; wait; } 2>/dev/null; rm -rf "$aside"' EXIT
    trap 'echo "blast: interrupted; nothing was left behind" >&2; exit 130' INT
    trap 'exit 143' HUP TERM
    unpack_pinned "$1" "$2" && [ -x "$aside/tool/$3" ] && rm -rf "$brought" && mv -T "$aside/tool" "$brought"
    whole_status=$?
    rm -rf "$aside"
    trap - EXIT HUP INT TERM
    return "$whole_status"
}

# unpack_pinned NAME VARIABLE: fetches the archive from $from, compares it with $pin_hash and unpacks it as $aside/tool.
unpack_pinned() {
    shown=$(printf '%s' "$from" | sed 's|://[^/]*@|://|')
    case "$from" in
    *://*)
        python=$(command -v python3)
        if [ -n "$python" ]; then in_background python3 -I -c "$fetch" "$from" "$aside/archive" "blast: no fitting $1 is here; fetching $1 $pin_version" "from $shown into $brought"
        else
            echo "blast: no fitting $1 is here; fetching $1 $pin_version from $shown into $brought" >&2
            if command -v curl >/dev/null; then in_background curl -fsSL --connect-timeout 30 -o "$aside/archive" "$from"
            elif command -v wget >/dev/null; then in_background wget -q -T 30 -O "$aside/archive" "$from"
            else echo "blast: to fetch it python3, curl or wget is needed, and none is on PATH" >&2; false; fi
        fi || {
            echo "blast: $shown could not be fetched. Is there a proxy to name in https_proxy, or a mirror or file to name in $2? Nothing was left behind." >&2
            return 1
        } ;;
    *)
        echo "blast: no fitting $1 is here; unpacking $1 $pin_version from $shown into $brought" >&2
        cp "$from" "$aside/archive" || return 1 ;;
    esac
    case ${#pin_hash} in 64) sum=sha256sum ;; *) sum=sha512sum ;; esac
    is=$($sum <"$aside/archive") && is=${is%% *} && [ "$is" = "$pin_hash" ] || {
        echo "blast: $shown is not $1 $pin_version: its ${sum%sum} is $is, and launcher/pins has $pin_hash. Nothing was unpacked." >&2
        return 1
    }
    mkdir "$aside/unpacked" || return 1
    if command -v python3 >/dev/null; then in_background python3 -I -c "$unpack" "$aside/archive" "$aside/unpacked"
    else in_background tar -xzf "$aside/archive" -C "$aside/unpacked"; fi || {
        echo "blast: $shown could not be unpacked in $tools (is there room?). Nothing was left behind." >&2
        return 1
    }
    # Vendors put all into one folder, whose name is theirs to choose.
    mv "$aside"/unpacked/* "$aside/tool"
}

# in_background COMMAND…: runs it so that a signal reaches us at once, and not when it has ended.
in_background() {
    "$@" </dev/null >&2 8>&- &
    worker=$!
    wait "$worker"
    worker_status=$?
    worker=
    return "$worker_status"
}

# The size stands in the answer, so what is said is said when that has come. A connection that was cut counts as none.
fetch='
import sys, urllib.request
url, file, before, after = sys.argv[1:]
try:
    with urllib.request.urlopen(url, timeout=30) as answer, open(file, "wb") as out:
        length = int(answer.headers.get("Content-Length") or -1)
        print(before + (" (%.0f MB)" % (length / 1e6) if length >= 500000 else ""), after, file=sys.stderr, flush=True)
        done = 0
        while True:
            part = answer.read(1 << 20)
            if not part:
                break
            out.write(part)
            done += len(part)
    if length not in (-1, done):
        sys.exit("blast: the connection ended after %d of %d bytes" % (done, length))
except (OSError, ValueError) as e:
    sys.exit("blast: %s" % e)
'

# The hash vouches for the archive; the filter, where this Python has one, keeps its files in their place all the same.
unpack='
import sys, tarfile
with tarfile.open(sys.argv[1]) as archive:
    archive.extractall(sys.argv[2], **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
'
