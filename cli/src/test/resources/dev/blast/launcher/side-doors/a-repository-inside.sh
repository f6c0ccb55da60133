# says: src/.git was made meanwhile
cd p
$B run -- sh -c 'mkdir -p src/.git/objects src/.git/refs; echo "ref: refs/heads/main" >src/.git/HEAD'
rm -r src
