# To use this environment in PowerShell:  . bin/Activate.ps1       To leave it:  deactivate
#
# Takes away only what it added: what was done to PATH meanwhile stays. An environment of Blast that is active already stays
# underneath and comes back.

if ($env:VIRTUAL_ENV -and -not (Test-Path Env:BLAST_STACK) -and (Test-Path Function:deactivate)) {
    deactivate -NonDestructive # another tool's: left the way its own scripts do it
}

function global:_blast_drop_from_path([string] $Folder) {
    $parts = [System.Collections.Generic.List[string]] $env:PATH.Split([IO.Path]::PathSeparator)
    [void] $parts.Remove($Folder)
    $env:PATH = $parts -join [IO.Path]::PathSeparator
}

function global:deactivate([switch] $NonDestructive) {
    if ($env:VIRTUAL_ENV) {
        _blast_drop_from_path "$env:VIRTUAL_ENV/bin"
    }
    Remove-Item Env:VIRTUAL_ENV, Env:VIRTUAL_ENV_PROMPT -ErrorAction SilentlyContinue
    if (Test-Path Function:_blast_old_prompt) {
        Copy-Item Function:_blast_old_prompt Function:prompt
        Remove-Item Function:_blast_old_prompt
    }
    while ($env:BLAST_STACK -and $env:BLAST_STACK -ne ':') {
        $below, $rest = $env:BLAST_STACK -split ':', 2
        $env:BLAST_STACK = if ($rest) { $rest } else { ':' }
        if (Test-Path "$below/bin/Activate.ps1") {
            $global:_blast_below = $below
            . "$below/bin/Activate.ps1"
            return
        }
        _blast_drop_from_path "$below/bin"
    }
    Remove-Item Env:BLAST_STACK -ErrorAction SilentlyContinue
    if (Test-Path Env:BLAST_OLD_PYTHONHOME) {
        $env:PYTHONHOME = $env:BLAST_OLD_PYTHONHOME
        Remove-Item Env:BLAST_OLD_PYTHONHOME
    }
    if (-not $NonDestructive) {
        Remove-Item Function:deactivate, Function:_blast_drop_from_path
    }
}

if (-not (Test-Path Variable:global:_blast_below)) { # else it has been underneath, and its part of PATH is there
    if (-not (Test-Path Env:BLAST_STACK)) {
        $env:BLAST_STACK = ':' # PowerShell cannot hold an empty variable: this is the bottom
        if (Test-Path Env:PYTHONHOME) {
            $env:BLAST_OLD_PYTHONHOME = $env:PYTHONHOME
            Remove-Item Env:PYTHONHOME
        }
    } elseif ($env:VIRTUAL_ENV -eq __ROOT__) {
        _blast_drop_from_path "$env:VIRTUAL_ENV/bin"
    } elseif ($env:VIRTUAL_ENV) {
        $env:BLAST_STACK = "$($env:VIRTUAL_ENV):$env:BLAST_STACK"
    }
    $env:PATH = __ROOT__ + '/bin' + [IO.Path]::PathSeparator + $env:PATH
}
Remove-Item Variable:global:_blast_below -ErrorAction SilentlyContinue
$env:VIRTUAL_ENV = __ROOT__
$env:VIRTUAL_ENV_PROMPT = __PROMPT__

if (-not $env:VIRTUAL_ENV_DISABLE_PROMPT -and -not (Test-Path Function:_blast_old_prompt)) {
    Copy-Item Function:prompt Function:global:_blast_old_prompt
    function global:prompt {
        "($env:VIRTUAL_ENV_PROMPT) " + (_blast_old_prompt)
    }
}
