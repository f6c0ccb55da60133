package dev.blast.enforcer.spawn;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A hierarchy of version 2 in ordinary folders, as cgroups(7) has it: a group has the files of the
 * controllers that the one above hands on, and can hand on no other; it goes with its files, and
 * not while there are groups in it.
 */
final class FakeCgroups implements CgroupTree {
    private static final Map<String, Map<String, String>> FILES =
            Map.of(
                    "memory",
                    Map.of(
                            "memory.max", "max",
                            "memory.swap.max", "max",
                            "memory.current", "4096",
                            "memory.peak", "4096",
                            "memory.events", "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0",
                            "memory.events.local", "oom 0\noom_kill 0"),
                    "pids",
                    Map.of("pids.max", "max", "pids.current", "1", "pids.events", "max 0"),
                    "cpu",
                    Map.of("cpu.max", "max 100000", "cpu.weight", "100"),
                    "io",
                    Map.of("io.max", "", "io.weight", "default 100", "io.stat", ""));

    final List<Path> made = new ArrayList<>();

    /** The group that is delegated, with what it hands on. */
    static Path delegated(Path folder, String controllers) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("cgroup.controllers"), controllers);
        Files.writeString(folder.resolve("cgroup.subtree_control"), controllers);
        Files.writeString(folder.resolve("cgroup.procs"), "");
        return folder;
    }

    @Override
    public void make(Path group) throws IOException {
        Files.createDirectory(group);
        made.add(group);
        String handedOn = Files.readString(group.resolveSibling("cgroup.subtree_control"));
        Files.writeString(group.resolve("cgroup.controllers"), handedOn);
        Files.writeString(group.resolve("cgroup.subtree_control"), "");
        Files.writeString(group.resolve("cgroup.procs"), "");
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 0\n");
        for (String controller : words(handedOn)) {
            for (Map.Entry<String, String> file :
                    FILES.getOrDefault(controller, Map.of()).entrySet()) {
                Files.writeString(group.resolve(file.getKey()), file.getValue() + "\n");
            }
        }
    }

    @Override
    public void write(Path file, String value) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("no such file: " + file);
        }
        String name = file.getFileName().toString();
        if (name.equals("cgroup.subtree_control")) {
            List<String> there = words(Files.readString(file.resolveSibling("cgroup.controllers")));
            var handedOn = new TreeSet<String>(words(Files.readString(file)));
            for (String word : words(value)) {
                if (!there.contains(word.substring(1))) {
                    throw new IOException("no such controller: " + word);
                }
                handedOn.add(word.substring(1));
            }
            Files.writeString(file, String.join(" ", handedOn) + "\n");
        } else if (name.equals("io.max")) {
            Files.writeString(
                    file, Files.readString(file).stripLeading() + value + " riops=max wiops=max\n");
        } else {
            Files.writeString(file, value + "\n");
        }
    }

    @Override
    public void remove(Path group) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(group)) {
            files = all.toList();
        }
        if (files.stream().anyMatch(Files::isDirectory)) {
            throw new DirectoryNotEmptyException(group.toString());
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(group);
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }
}
