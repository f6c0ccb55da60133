# says: blast: 
cd p
mkdir -p t/.venv/.blast
printf '[project]\nname = "t"\nversion = "1"\n' >t/pyproject.toml
sleep 60 &
printf 'begin 1 1\nplanned\n' >t/.venv/.blast/journal
echo $! >t/.venv/.blast/lock
(cd t && $B kill)
kill -0 $! || echo HARM
kill $!
rm -r t
