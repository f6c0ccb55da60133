package dev.blast.enforcer.plan;

import dev.blast.enforcer.spawn.KeptNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What planning looks up in the file system outside. Tests have a file system of their own. */
public interface HostFiles {

    /**
     * What is at the path, a symbolic link itself and not what it leads to; empty where there is
     * nothing, or an empty folder that only keeps the name ({@link KeptNames}).
     */
    Optional<HostFile> at(Path path);

    /**
     * What a link leads to, as the kernel follows it: those in {@code /proc/PID/fd} lead to what is
     * open, wherever that lies and whatever has its name here.
     */
    Optional<HostFile> behind(Path link);

    /**
     * Whether this process may make something new in a folder, or could give itself the right: what
     * its owner took away, a program of the same owner takes back.
     */
    boolean mayWrite(Path folder);

    /** Whether neither this user, nor what this user starts, can look at what is there. */
    boolean isClosed(Path path);

    /** The names in a folder, sorted; empty where it cannot be read. */
    List<String> list(Path folder);

    /** On what it lies; where nothing is there, on what it would. */
    Storage storage(Path path);

    /** One file as stat(2) has it. */
    record HostFile(Kind kind, Path linkTarget, long device, long inode, boolean executable) {}

    enum Kind {
        FOLDER,
        FILE,
        LINK,
        /** A device, a socket or a pipe. */
        SPECIAL
    }
}
