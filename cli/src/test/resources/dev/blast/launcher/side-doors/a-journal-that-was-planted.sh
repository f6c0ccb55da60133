# says: .venv
cd p
mkdir -p tests/.venv/.blast x/blast
printf '[project]\nname = "t"\nversion = "1"\n' >tests/pyproject.toml
ln -s ~/.config x/blast/environments
printf 'begin 1 1\npublish 0 %s\nplanned\ncommit\n' "$PWD/x/blast/environments/a.environment" >tests/.venv/.blast/journal
ls ~/.config >before
(cd tests && $B check)
ls ~/.config | cmp - before || echo HARM
rm -r tests x before
