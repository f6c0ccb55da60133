# says: File exists
cd p
$B run -- python -c 'import os; os.chmod(".", 0o555)'
$B run -- sh -c 'chmod 755 .; mkdir .git; echo x >.git/config; echo x >.envrc'
chmod 755 .
[ ! -e .git ] && [ ! -e .envrc ] || echo HARM
