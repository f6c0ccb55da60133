# To use this environment in csh or tcsh:  source bin/activate.csh       To leave it:  deactivate
#
# Another environment that is active is left first. PATH and prompt are put back as they were found.

if ( $?VIRTUAL_ENV ) then
    alias deactivate >& /dev/null && deactivate
endif

set _blast_path = "$PATH:q"
setenv VIRTUAL_ENV __ROOT__
setenv VIRTUAL_ENV_PROMPT __PROMPT__
setenv PATH "$VIRTUAL_ENV/bin:$PATH:q"
if ( $?prompt ) then
    set _blast_prompt = "$prompt:q"
    if ( ! $?VIRTUAL_ENV_DISABLE_PROMPT ) set prompt = "($VIRTUAL_ENV_PROMPT:q) $prompt:q"
endif

# In an alias a variable is looked at when its command runs, and not before the test in front of it.
alias deactivate 'test $?_blast_path != 0 && setenv PATH "$_blast_path:q"; test $?_blast_prompt != 0 && set prompt = "$_blast_prompt:q"; unset _blast_path _blast_prompt; unsetenv VIRTUAL_ENV; unsetenv VIRTUAL_ENV_PROMPT; rehash; test "\!*" != nondestructive && unalias deactivate'
rehash
