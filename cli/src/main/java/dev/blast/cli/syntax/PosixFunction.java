package dev.blast.cli.syntax;

/**
 * The function around {@code blast} for bash and zsh: the nearest {@code .venv} upwards is
 * activated in the shell itself.
 */
final class PosixFunction {
    private PosixFunction() {}

    static String text() {
        return """
        blast() {
            case "${1-}" in
            activate)
                local dir=${2:-$PWD}
                while [ -n "$dir" ] && [ ! -r "$dir/.venv/bin/activate" ]; do
                    case $dir in */*) dir=${dir%/*} ;; *) dir= ;; esac
                done
                if [ -n "$dir" ]; then
                    . "$dir/.venv/bin/activate"
                else
                    echo "blast: no .venv in ${2:-$PWD} or above it; blast start makes one" >&2
                    return 1
                fi
                ;;
            deactivate) deactivate ;;
            *) command blast "$@" ;;
            esac
        }
        """;
    }
}
