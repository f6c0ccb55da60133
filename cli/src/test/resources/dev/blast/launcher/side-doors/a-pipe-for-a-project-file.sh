# says: pyproject.toml
mkdir -p fifo
cd fifo
mkfifo pyproject.toml
timeout 60 $B run -- true
[ $? != 124 ] || echo HARM
