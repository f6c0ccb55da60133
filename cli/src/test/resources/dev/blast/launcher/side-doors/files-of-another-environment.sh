# says: Read-only file system
cd p
f=$(find packages/app/.venv -name __init__.py -links +1 | head -n 1)
[ -n "$f" ] || f=packages/app/.venv/bin/activate
before=$(sha256sum "$f")
$B run -- sh -c "chmod 644 $f; echo x >>$f; mv packages other; rm -rf packages/app/.venv/bin"
[ "$before" = "$(sha256sum "$f")" ] || echo HARM
[ -d packages/app/.venv/bin ] || echo HARM
