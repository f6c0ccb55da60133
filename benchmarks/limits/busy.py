"""Two busy sandboxes on one processor: what each of them gets in ten seconds.

    end=$(python3 -c 'import time; print(time.time() + 14)')
    (cd one && blast run python busy.py 1 $end) & (cd two && blast run python busy.py 4 $end); wait

Each prints the processor time of its processes; they wait for the same ten seconds. (In two projects
with this file in each.)
"""
import os
import sys
import time

processes, end = int(sys.argv[1]), float(sys.argv[2])
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
time.sleep(max(0, end - 10 - time.time()))
for _ in range(processes):
    if os.fork() == 0:
        while time.time() < end:
            pass
        os._exit(0)
for _ in range(processes):
    os.wait()
used = os.times()
print(f"{processes} processes: {used.children_user + used.children_system:.2f} s")
