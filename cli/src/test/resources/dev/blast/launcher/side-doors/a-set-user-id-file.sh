# says: not permitted
cd p
$B run -- sh -c 'cp /bin/true t; chmod 4755 t'
[ ! -u t ] || echo HARM
rm -f t
