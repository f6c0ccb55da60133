# says: cannot be a project
cd
$B start --offline
[ ! -e .venv ] || echo HARM
