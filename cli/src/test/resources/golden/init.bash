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
_blast() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= at
    for ((at = 1; at < COMP_CWORD; at++)); do
        case ${COMP_WORDS[at]} in -*) ;; *) command=${COMP_WORDS[at]} && break ;; esac
    done
    COMPREPLY=()
    case $before in
    --path) COMPREPLY=($(compgen -d -- "$word")); return ;;
    --python) :; return ;;
    --name) :; return ;;
    --env) :; return ;;
    --strategy) :; return ;;
    --group) :; return ;;
    --extra) :; return ;;
    --override) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --only-binary) :; return ;;
    --no-binary) :; return ;;
    --exclude-newer) :; return ;;
    --prerelease) COMPREPLY=($(compgen -W 'disallow allow if-necessary explicit if-necessary-or-explicit' -- "$word")); return ;;
    --index-url) :; return ;;
    --extra-index-url) :; return ;;
    --index-strategy) COMPREPLY=($(compgen -W 'first-index unsafe-first-match unsafe-best-match' -- "$word")); return ;;
    --environment) :; return ;;
    -r | --requirement) COMPREPLY=($(compgen -f -- "$word")); return ;;
    -c | --constraint) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --only-group) :; return ;;
    --config-settings) :; return ;;
    -C) COMPREPLY=($(compgen -d -- "$word")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
    --lift) :; return ;;
    --platform) :; return ;;
    --python-version) :; return ;;
    --compare) :; return ;;
    --html) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --svg) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --dot) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --optional) :; return ;;
    --marker) :; return ;;
    -e | --editable) COMPREPLY=($(compgen -d -- "$word")); return ;;
    -r | --requirements) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --with) :; return ;;
    --env-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --publish) :; return ;;
    --keep) COMPREPLY=($(compgen -W 'ask all none' -- "$word")); return ;;
    --keep-path) :; return ;;
    --changes) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --accept-missing) COMPREPLY=($(compgen -W 'user-namespace network cgroup seccomp landlock egress' -- "$word")); return ;;
    -c) :; return ;;
    --as) :; return ;;
    --purpose) :; return ;;
    --since) :; return ;;
    --session) :; return ;;
    --file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --save) :; return ;;
    --format) COMPREPLY=($(compgen -W 'sarif github' -- "$word")); return ;;
    --from) :; return ;;
    esac
    [[ $word == -* ]] || case $command.$before in
    policy.new) COMPREPLY=($(compgen -W 'session connect package advisory install build startup strategy repair layer violation company-index cooldown gpu hashed-wheels inner-networks known-holes known-names lookalikes model-hub no-copyleft no-debugging notebook-data offline-ci old-machines one-api preferred-versions profiler release-lines repairs secrets shared-files small-image startup-hooks strategy-by-branch test-limits variables violations wheels-only' -- "$word")); return ;;
    policy.show) COMPREPLY=($(compgen -W 'session connect package advisory install build startup strategy repair layer violation' -- "$word")); return ;;
    esac
    case $command in
    '') COMPREPLY=($(compgen -W 'start sync add remove run shell learn check log list why why-not history diff undo redo rollback save load kill clean store policy trust advisories init activate deactivate --help --version' -- "$word")) ;;
    start) COMPREPLY=($(compgen -W '--path --python --name --env --frozen --strategy --group --extra --override --no-build --only-binary --no-binary --exclude-newer --prerelease --index-url --extra-index-url --index-strategy --offline --environment --compile-bytecode --no-wait --requirement --constraint --only-group --all-groups --all-extras --no-dev --no-default-groups --no-project --config-settings -C --json --quiet --verbose --color --help' -- "$word")) ;;
    sync) COMPREPLY=($(compgen -W '--strategy --upgrade --lift --frozen --force --repair --dry-run --lock-only --universal --overwrite-lock --platform --python-version --explain --compare --html --svg --dot --python --group --extra --override --no-build --only-binary --no-binary --exclude-newer --prerelease --index-url --extra-index-url --index-strategy --offline --environment --compile-bytecode --no-wait --requirement --constraint --only-group --all-groups --all-extras --no-dev --no-default-groups --no-project --config-settings -C --json --quiet --verbose --color --help' -- "$word")) ;;
    add) COMPREPLY=($(compgen -W '--dev --group --optional --marker --editable --requirements --raw --no-sync --strategy --lift --dry-run --explain --overwrite-lock --python --extra --override --no-build --only-binary --no-binary --exclude-newer --prerelease --index-url --extra-index-url --index-strategy --offline --environment --compile-bytecode --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    remove) COMPREPLY=($(compgen -W '--dev --group --optional --no-sync --strategy --lift --dry-run --explain --overwrite-lock --python --extra --override --no-build --only-binary --no-binary --exclude-newer --prerelease --index-url --extra-index-url --index-strategy --offline --environment --compile-bytecode --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    run) COMPREPLY=($(compgen -W '--with --python --index-url --offline --env --env-file --publish --keep --keep-path --changes --html --environment --accept-missing --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    shell) COMPREPLY=($(compgen -W '-c --env --env-file --publish --keep --keep-path --changes --environment --accept-missing --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    learn) COMPREPLY=($(compgen -W '--write --name --env --env-file --environment --accept-missing --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    check) COMPREPLY=($(compgen -W '--explain --as --ci --purpose --trace --html --override --no-build --only-binary --no-binary --exclude-newer --prerelease --index-url --extra-index-url --index-strategy --offline --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    log) COMPREPLY=($(compgen -W '--denied --since --session --all --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    list) COMPREPLY=($(compgen -W 'packages saves --sessions --tree --outdated --strategy --group --extra --index-url --extra-index-url --offline --environment --html --svg --dot -C --json --quiet --verbose --color --help' -- "$word")) ;;
    why) COMPREPLY=($(compgen -W '--html --svg --dot --index-url --extra-index-url --offline --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    why-not) COMPREPLY=($(compgen -W '--strategy --python --group --extra --index-url --extra-index-url --offline --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    history) COMPREPLY=($(compgen -W '--all --html --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    diff) COMPREPLY=($(compgen -W '--files --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    undo) COMPREPLY=($(compgen -W '--environment --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    redo) COMPREPLY=($(compgen -W '--environment --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    rollback) COMPREPLY=($(compgen -W '--environment --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    save) COMPREPLY=($(compgen -W '--file --overwrite --environment --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    load) COMPREPLY=($(compgen -W '--path --python --resolve --overwrite-lock --environment --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    kill) COMPREPLY=($(compgen -W '--force --resume --environment -C --json --quiet --verbose --color --help' -- "$word")) ;;
    clean) COMPREPLY=($(compgen -W '--save --environment --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    store) COMPREPLY=($(compgen -W 'gc --dry-run --gone --no-wait -C --json --quiet --verbose --color --help' -- "$word")) ;;
    policy) COMPREPLY=($(compgen -W 'test show lint diff fmt new rename lsp --coverage --mutate --format --list --check --diff --exit-code -C --json --quiet --verbose --color --help' -- "$word")) ;;
    trust) COMPREPLY=($(compgen -W '--yes --list --revoke -C --json --quiet --verbose --color --help' -- "$word")) ;;
    advisories) COMPREPLY=($(compgen -W 'update --from -C --json --quiet --verbose --color --help' -- "$word")) ;;
    init) COMPREPLY=($(compgen -W 'bash zsh fish -C --json --quiet --verbose --color --help' -- "$word")) ;;
    esac
}
complete -o default -F _blast blast
