package dev.blast.cli.editor;

import java.time.Duration;

/** Notices that the program is gone that started the server, where that leaves the streams open. */
final class ParentWatch {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private ParentWatch() {}

    /**
     * Watches in the background.
     *
     * @param parent its number; what is not there at the beginning is counted in another name space
     */
    static void over(long parent, Runnable gone) {
        ProcessHandle.of(parent)
                .ifPresent(it ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("parent")
                                .start(() -> {
                                    try {
                                        while (it.isAlive()) {
                                            Thread.sleep(PAUSE);
                                        }
                                        gone.run();
                                    } catch (InterruptedException _) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
    }
}
