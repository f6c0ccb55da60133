# says: blast: 
cd p
mkdir -p evil sub/.venv/.blast
printf '#!/bin/sh\nid >"$HOME/pwned"\nexec /usr/bin/python3 "$@"\n' >evil/python3
chmod +x evil/python3
printf '[project]\nname = "s"\nversion = "1"\n' >sub/pyproject.toml
sed "s,^interpreter .*,interpreter $HOME/p/evil/python3," .venv/.blast/applied >sub/.venv/.blast/applied
printf 'home = %s\n' "$HOME/p/evil" >sub/.venv/pyvenv.cfg
cd sub
$B run -- true
$B check
[ ! -e ~/pwned ] || echo HARM
cd ..
rm -r sub evil
