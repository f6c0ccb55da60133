package dev.blast.environment.ending;

import dev.blast.environment.ProcessStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Who was whose child while {@code /proc} was read. That takes a while, and meanwhile processes end
 * and numbers are given away: what is found here has to be looked at again before it is believed.
 */
record ProcessTable(List<ProcessStat> processes) {
    private static final Path PROC = Path.of("/proc");

    ProcessTable {
        processes = List.copyOf(processes);
    }

    static ProcessTable read() {
        var processes = new ArrayList<ProcessStat>();
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path number : numbers) {
                ProcessStat.of(Long.parseLong(number.getFileName().toString()))
                        .ifPresent(processes::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProcessTable(processes);
    }

    /** Everything below these, parents before their children, without the ones named. */
    List<ProcessStat> below(Collection<Long> pids) {
        Map<Long, List<ProcessStat>> children = new HashMap<>();
        for (ProcessStat process : processes) {
            children.computeIfAbsent(process.parent(), _ -> new ArrayList<>()).add(process);
        }
        var found = new ArrayList<ProcessStat>();
        var known = new HashSet<>(pids);
        var next = new ArrayDeque<>(pids);
        while (!next.isEmpty()) {
            for (ProcessStat child : children.getOrDefault(next.poll(), List.of())) {
                if (known.add(child.pid())) {
                    found.add(child);
                    next.add(child.pid());
                }
            }
        }
        return found;
    }
}
