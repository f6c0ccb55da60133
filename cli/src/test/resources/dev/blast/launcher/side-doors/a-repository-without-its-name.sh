# says: odd was made meanwhile
cd p
$B run -- sh -c 'mkdir -p odd/objects odd/refs; echo "ref: refs/heads/main" >odd/HEAD'
rm -r odd
