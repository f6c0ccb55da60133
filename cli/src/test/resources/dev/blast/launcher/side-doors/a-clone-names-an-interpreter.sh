# says: nobody has named it
mkdir -p repo/evil repo/app
printf '#!/bin/sh\nid >"$HOME/pwned"\nexec /usr/bin/python3 "$@"\n' >repo/evil/python3
chmod +x repo/evil/python3
cd repo/app
printf '[project]\nname = "app"\nversion = "1"\n[tool.blast]\npython = "../evil/python3"\n' >pyproject.toml
$B start --offline
[ ! -e ~/pwned ] || echo HARM
