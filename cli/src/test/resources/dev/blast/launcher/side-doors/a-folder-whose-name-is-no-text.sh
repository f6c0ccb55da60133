# says: Read-only
cd p
odd=$(printf 'odd\377')
$B run -- sh -c 'd=$(printf "odd\377"); mkdir -p "$d/x/.git"; : >"$d/x/.git/HEAD"'
$B run -- sh -c 'd=$(printf "odd\377"); cd "$d/x"; echo x >.git/config'
[ ! -e "$odd/x/.git/config" ] || echo HARM
rm -r "$odd"
