# To use this environment in fish:  source bin/activate.fish       To leave it:  deactivate
#
# Takes away only what it added: what was done to PATH meanwhile stays. An environment of Blast that is active already stays
# underneath and comes back. Scripts of other tools, sourced over this one, put back what they find in _OLD_VIRTUAL_PATH and
# _old_fish_prompt.

if not set -q _blast_below; and test "$VIRTUAL_ENV" != "$BLAST_ENV"
    set -e BLAST_STACK
    set -e BLAST_ENV
    if set -q VIRTUAL_ENV; and functions -q deactivate
        deactivate nondestructive # another tool's: left the way its own scripts do it
    end
end

function _blast_drop_from_path --argument-names folder
    if set -l place (contains -i -- $folder $PATH)
        set -e PATH[$place]
    end
end

function deactivate --description 'Leave the environment'
    if set -q VIRTUAL_ENV
        _blast_drop_from_path $VIRTUAL_ENV/bin
    end
    set -e VIRTUAL_ENV
    set -e VIRTUAL_ENV_PROMPT
    set -e BLAST_ENV
    set -e _OLD_FISH_PROMPT_OVERRIDE
    if functions -q _old_fish_prompt
        functions -e fish_prompt
        functions -c _old_fish_prompt fish_prompt
        functions -e _old_fish_prompt
    end
    while test -n "$BLAST_STACK"
        set -l stack (string split -m 1 : -- $BLAST_STACK)
        set -gx BLAST_STACK $stack[2]
        if test -r $stack[1]/bin/activate.fish
            set -g _blast_below $stack[1]
            source $stack[1]/bin/activate.fish
            return 0
        end
        _blast_drop_from_path $stack[1]/bin
    end
    set -e BLAST_STACK
    set -e _OLD_VIRTUAL_PATH
    if set -q BLAST_OLD_PYTHONHOME
        set -gx PYTHONHOME $BLAST_OLD_PYTHONHOME
        set -e BLAST_OLD_PYTHONHOME
    end
    if test "$argv[1]" != nondestructive
        functions -e deactivate _blast_drop_from_path
    end
end

if not set -q _blast_below # else it has been underneath, and its part of PATH is there
    if not set -q BLAST_STACK
        set -gx BLAST_STACK ''
        set -g _OLD_VIRTUAL_PATH $PATH
        if set -q PYTHONHOME
            set -gx BLAST_OLD_PYTHONHOME $PYTHONHOME
            set -e PYTHONHOME
        end
    else if test "$VIRTUAL_ENV" = __ROOT__
        _blast_drop_from_path $VIRTUAL_ENV/bin
    else if set -q VIRTUAL_ENV
        set -gx BLAST_STACK $VIRTUAL_ENV:$BLAST_STACK
    end
    set -gx PATH __ROOT__/bin $PATH
end
set -e _blast_below
set -gx VIRTUAL_ENV __ROOT__
set -gx BLAST_ENV $VIRTUAL_ENV
set -gx VIRTUAL_ENV_PROMPT __PROMPT__

if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"; and not functions -q _old_fish_prompt
    functions -c fish_prompt _old_fish_prompt
    set -g _OLD_FISH_PROMPT_OVERRIDE $VIRTUAL_ENV
    function fish_prompt
        set -l last $status
        if set -q VIRTUAL_ENV_PROMPT
            builtin printf '(%s) ' $VIRTUAL_ENV_PROMPT
        end
        builtin echo "exit $last" | . # so that the prompt underneath sees the status of the last command
        _old_fish_prompt
    end
end
