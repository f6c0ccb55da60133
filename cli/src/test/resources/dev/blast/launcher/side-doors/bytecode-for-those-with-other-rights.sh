# says: deployed
mkdir -p .config/blast/policies secrets
echo key >secrets/key
echo 'rule "d" when Session( command == "deploy" ) then readable( "~/secrets" ); end' >.config/blast/policies/d.drl
cd p
printf '#!/usr/bin/env python3\nimport json; print("deployed")\n' >deploy
chmod +x deploy
cat >poison.py <<'python'
import importlib.util, json, os, py_compile
code = 'import os; print("HARM"); os._exit(0)'
s = os.stat(json.__file__)
with open("json.py", "w") as f:
    f.write(code + "#" * (s.st_size - len(code)))
os.utime("json.py", ns=(s.st_atime_ns, s.st_mtime_ns))
cache = importlib.util.cache_from_source(json.__file__)
os.makedirs(os.path.dirname(cache), exist_ok=True)
py_compile.compile("json.py", cache, json.__file__)
os.remove("json.py")
python
$B run -- python poison.py
$B run -- ./deploy
rm deploy poison.py ../.config/blast/policies/d.drl
