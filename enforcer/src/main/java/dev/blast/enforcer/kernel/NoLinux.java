package dev.blast.enforcer.kernel;

/** Another system's or processor's, to which no call is made. Safe on any thread. */
final class NoLinux implements Kernel {
    @Override
    public long call(Syscall call, long... arguments) {
        return -Errno.ENOSYS.number();
    }

    @Override
    public long spawn(long tableAddress) {
        return -Errno.ENOSYS.number();
    }

    @Override
    public int spawnRefusal() {
        return Errno.ENOSYS.number();
    }
}
