# says: annot create
mkdir -p .config/blast/policies
echo 'rule "all" when Session( ) then writable( "~/.cache", "~/.local", "~/.config" ); end' >.config/blast/policies/a.drl
cd p
$B run -- sh -c 'for d in .cache .local/share .local/state .config; do echo x >~/$d/blast/x && echo HARM; done'
rm ../.config/blast/policies/a.drl
