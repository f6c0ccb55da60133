package dev.blast.enforcer.plan;

/** A device by its two numbers, written as the kernel writes it: {@code 254:0}. */
public record BlockDevice(long major, long minor) {

    /** From st_dev or st_rdev as stat(2) gives it, see makedev(3). */
    static BlockDevice numbered(long deviceNumber) {
        return new BlockDevice(
                ((deviceNumber >> 8) & 0xfff) | ((deviceNumber >> 32) & 0xfffff000L),
                (deviceNumber & 0xff) | ((deviceNumber >> 12) & 0xffffff00L));
    }

    static BlockDevice parse(String text) {
        String[] numbers = text.strip().split(":", 2);
        return new BlockDevice(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
