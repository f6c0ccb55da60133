# says: looked
mkdir -p bin
cd bin
printf '[project]\nname = "b"\nversion = "1"\n' >pyproject.toml
PATH=/bin:/usr/bin $B start --offline --python /bin/python3
$B run -- sh -c 'for f in /etc/shadow /var/log /run /root; do [ ! -e $f ] || echo HARM $f; done; echo looked'
