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
    local -a words_here
    local command= word
    for word in ${words[2,CURRENT-1]}; do
        case $word in -*) ;; *) command=$word; break ;; esac
    done
    case ${words[CURRENT-1]} in
    --path) _files -/; return ;;
    --python) _message 'X'; return ;;
    --name) _message 'NAME'; return ;;
    --env) _message 'KEY=VALUE'; return ;;
    --strategy) _message 'NAME'; return ;;
    --group) _message 'NAME'; return ;;
    --extra) _message 'NAME'; return ;;
    --override) _files; return ;;
    --exclude-newer) _message 'TIME'; return ;;
    --index-url) _message 'URL'; return ;;
    --extra-index-url) _message 'URL'; return ;;
    --index-strategy) compadd -- first-index unsafe-first-match unsafe-best-match; return ;;
    -C) _files -/; return ;;
    --color) compadd -- auto always never; return ;;
    --lift) _message 'NAME==VERSION'; return ;;
    --platform) _message 'NAME'; return ;;
    --python-version) _message '3.N'; return ;;
    --compare) _message 'A,B,…'; return ;;
    --html) _files; return ;;
    --svg) _files; return ;;
    --dot) _files; return ;;
    --accept-missing) compadd -- user-namespace network cgroup seccomp landlock egress; return ;;
    --format) compadd -- sarif github; return ;;
    --from) _message 'PLACE'; return ;;
    esac
    [[ ${words[CURRENT]} == -* ]] || case $command.${words[CURRENT-1]} in
    policy.new) compadd -- session connect package advisory install startup strategy repair layer company-index cooldown gpu hashed-wheels inner-networks known-holes known-names lookalikes model-hub no-copyleft no-debugging notebook-data offline-ci old-machines one-api preferred-versions profiler release-lines repairs secrets shared-files small-image startup-hooks strategy-by-branch test-limits variables wheels-only; return ;;
    policy.show) compadd -- session connect package advisory install startup strategy repair layer; return ;;
    esac
    case $command in
    '') words_here=( 'start:make the environment of a project, or repair it; started again it changes nothing' 'sync:bring packages, lock and project together' 'run:run a command in the environment, confined as the rules say' 'shell:your shell ($SHELL) in the environment, confined as the rules say' 'check:is the environment whole: files, requirements, known holes, lock, policy, sandbox; or why is something allowed' 'list:the environments of this user, or the packages of the one here' 'why:why is a package here, and in this version: the paths from what you ask for to it, and what binds it' 'why-not:why is a package not here, or not in another version: a proof, or the objective that lost and the command that would choose it' 'kill:end what runs in an environment and finish or undo its open changes; files stay' 'clean:remove an environment; project, lock and policies stay, and blast start makes it again' 'policy:test, show, lint or lay out the rules in force, and begin new ones' 'trust:let the policy files of this project open doors, with exactly the content they have now' 'advisories:bring what is known of holes in packages up to date; sync and check look at it' 'init:print completions and the activate function for a shell'\''s start file' 'activate:activate the nearest .venv in this shell' 'deactivate:leave it') ;;
    start) words_here=( '--path:the project'\''s folder' '--python:the interpreter\: a version (3.12), a name or a path' '--name:what the environment is called in blast list' '--env:a variable for everything that runs in the environment' '--strategy:how versions are chosen\: stable, newest, secure, lowest, one of yours, or auto (what rules say)' '--group:also install this dependency group' '--extra:also install this extra of the project' '--override:what this requirements file says counts in place of all requirements on the same packages' '--exclude-newer:leave out files uploaded later\: a time, a day, or how long ago ('\''30 days'\'')' '--index-url:the package index, instead of the configured one' '--extra-index-url:a further index, asked first' '--index-strategy:which of several indexes a name is taken from, as in uv; the unsafe ones let a public index take the place of a private one' '--offline:use only what the disk cache and the store hold' '--no-wait:exit with 4 at once where somebody else holds the environment' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    sync) words_here=( '--strategy:how versions are chosen\: stable, newest, secure, lowest, one of yours, or auto (what rules say)' '--upgrade:let go of the locked version of NAME, or of all; '\''NAME<3'\'' also shuts others out, this time alone' '--lift:let this version be chosen though a rule holds it back; never one that is denied' '--frozen:install exactly the lock; exit 1 where it does not fit the project' '--force:install again what differs from its RECORD' '--repair:take a way out that was shown\: edit the project'\''s file and sync, both or neither; without LETTER, list them' '--dry-run:say what would change, and change nothing' '--lock-only:write the lock, pylock.toml or FILE, and install nothing' '--platform:choose for another machine, with --dry-run or --lock-only\: linux, macos, windows, a target as uv names it, or a tag such as manylinux_2_28_aarch64' '--python-version:choose for this Python, which need not be here, with --dry-run or --lock-only' '--explain:also say what each objective of the strategy counts, the least there could be, and why versions change' '--compare:what these strategies would each choose, in a table; auto is what the rules choose; changes nothing' '--html:a page to open in a browser\: the conflict where no versions fit together, or what --compare says' '--svg:the conflict as a picture' '--dot:the conflict for Graphviz' '--python:the interpreter\: a version (3.12), a name or a path' '--group:also install this dependency group' '--extra:also install this extra of the project' '--override:what this requirements file says counts in place of all requirements on the same packages' '--exclude-newer:leave out files uploaded later\: a time, a day, or how long ago ('\''30 days'\'')' '--index-url:the package index, instead of the configured one' '--extra-index-url:a further index, asked first' '--index-strategy:which of several indexes a name is taken from, as in uv; the unsafe ones let a public index take the place of a private one' '--offline:use only what the disk cache and the store hold' '--no-wait:exit with 4 at once where somebody else holds the environment' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    run) words_here=( '--env:set a variable inside' '--accept-missing:run although the kernel lacks this layer of the sandbox' '--no-wait:exit with 4 at once where somebody else holds the environment' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    shell) words_here=( '--env:set a variable inside' '--accept-missing:run although the kernel lacks this layer of the sandbox' '--no-wait:exit with 4 at once where somebody else holds the environment' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    check) words_here=( '--explain:explain; SUBJECT is one of\: connect HOST\:PORT, read PATH, write PATH, run COMMAND, package NAME[==VERSION] [with NAME[==VERSION]], syscall NAME, sandbox' '--override:what this requirements file says counts in place of all requirements on the same packages' '--exclude-newer:leave out files uploaded later\: a time, a day, or how long ago ('\''30 days'\'')' '--index-url:the package index, instead of the configured one' '--extra-index-url:a further index, asked first' '--index-strategy:which of several indexes a name is taken from, as in uv; the unsafe ones let a public index take the place of a private one' '--offline:use only what the disk cache and the store hold' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    list) words_here=( 'packages' '--tree:packages\: as a tree; what was shown before is folded, circles are marked' '--outdated:packages\: those of which there is a newer version, with what sync --upgrade would choose and what holds each back' '--strategy:how versions are chosen\: stable, newest, secure, lowest, one of yours, or auto (what rules say)' '--group:also install this dependency group' '--extra:also install this extra of the project' '--index-url:the package index, instead of the configured one' '--extra-index-url:a further index, asked first' '--offline:use only what the disk cache and the store hold' '--html:also draw it\: a page to open in a browser' '--svg:also draw it\: a picture' '--dot:also draw it\: for Graphviz' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    why) words_here=( '--html:also draw it\: a page to open in a browser' '--svg:also draw it\: a picture' '--dot:also draw it\: for Graphviz' '--index-url:the package index, instead of the configured one' '--extra-index-url:a further index, asked first' '--offline:use only what the disk cache and the store hold' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    why-not) words_here=( '--strategy:how versions are chosen\: stable, newest, secure, lowest, one of yours, or auto (what rules say)' '--python:the interpreter\: a version (3.12), a name or a path' '--group:also install this dependency group' '--extra:also install this extra of the project' '--index-url:the package index, instead of the configured one' '--extra-index-url:a further index, asked first' '--offline:use only what the disk cache and the store hold' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    kill) words_here=( '--force:SIGKILL at once instead of SIGTERM and five seconds' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    clean) words_here=( '--no-wait:exit with 4 at once where somebody else holds the environment' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    policy) words_here=( 'test' 'show' 'lint' 'fmt' 'new' 'rename' '--coverage:test\: name the rules and constraints that no case covers' '--mutate:test\: change the rules one thing at a time, and name what no case notices, each with a case that would' '--format:lint\: findings for a program\: a SARIF 2.1.0 log, or annotations of GitHub Actions' '--list:new\: the names that there are, each with what it is about' '--check:fmt\: change nothing, say which files would' '--diff:fmt\: change nothing, show what would' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    trust) words_here=( '--revoke:take the trust back' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    advisories) words_here=( 'update' '--from:a zip or a folder of OSV'\''s documents, or its https\:// address; else BLAST_ADVISORIES names it' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    init) words_here=( 'bash' 'zsh' 'fish' '-C:work as if started in DIR' '--json:answer with one JSON document on stdout' '--quiet:say nothing but results and errors' '--verbose:also name each item that is worked on' '--color:colours\: auto (a terminal, and neither NO_COLOR nor TERM=dumb), always, never' '--help:this page') ;;
    esac
    _describe blast words_here || _files
}
(( $+functions[compdef] )) && compdef _blast blast
