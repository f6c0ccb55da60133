package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.Picture;
import dev.blast.environment.Cause;
import dev.blast.packaging.Message;
import dev.blast.solver.graph.DotText;
import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.SvgPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files into which a command draws its answer ({@code --html}, {@code --svg}, {@code --dot}).
 * Each is there whole or not at all, and nothing but a file gives way to one.
 */
final class PictureFiles {
    static final List<String> OPTIONS = List.of("--html", "--svg", "--dot");

    private final Invocation invocation;
    private final Map<String, Path> files;

    private PictureFiles(Invocation invocation, Map<String, Path> files) {
        this.invocation = invocation;
        this.files = files;
    }

    /**
     * Those that were asked for.
     *
     * @throws Failure where one could not be written, so that nobody waits for that
     */
    static PictureFiles of(Invocation invocation) throws Failure {
        var files = new LinkedHashMap<String, Path>();
        for (String option : OPTIONS) {
            String name = invocation.arguments().value(option).orElse(null);
            if (name != null) {
                Path file = real(option, invocation.directory().resolve(name).normalize());
                requirePlace(option, file);
                if (files.containsValue(file)) {
                    throw new Failure(
                            Exit.USAGE,
                            Message.of("%s: %s is asked for twice", option, file),
                            List.of());
                }
                files.put(option, file);
            }
        }
        return new PictureFiles(invocation, files);
    }

    /**
     * Where the answer to another option of a command is written, found in the same way.
     *
     * @throws Failure where it could not be written
     */
    static Path place(String option, String name, Invocation invocation) throws Failure {
        Path file = real(option, invocation.directory().resolve(name).normalize());
        requirePlace(option, file);
        return file;
    }

    /** Through links to the folder where it is to lie, as they are now. */
    private static Path real(String option, Path file) throws Failure {
        Path folder = file.getParent();
        if (folder != null && Files.isDirectory(folder)) {
            try {
                return folder.toRealPath().resolve(file.getFileName());
            } catch (IOException e) {
                throw new Failure(
                        Exit.USAGE,
                        Message.of(
                                "%s: cannot look at %s: %s", option, folder, Cause.of(e, folder)),
                        List.of());
            }
        }
        throw new Failure(
                Exit.USAGE, Message.of("%s: there is no folder for %s", option, file), List.of());
    }

    /**
     * A program that ran meanwhile may have put a link in the place of a folder: what was asked for
     * is not written elsewhere because of it.
     */
    private static void requirePlace(String option, Path file) throws Failure {
        Path folder = file.getParent();
        if (folder == null || !isItself(folder)) {
            throw new Failure(
                    Exit.USAGE,
                    Message.of("%s: there is no folder for %s", option, file),
                    List.of());
        }
        if (!Files.isWritable(folder)) {
            throw new Failure(
                    Exit.USAGE,
                    Message.of("%s: %s cannot be written to", option, folder),
                    List.of());
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(
                    Exit.USAGE,
                    Message.of("%s: %s is there and is no ordinary file", option, file),
                    List.of("nothing but a file is written over; name another place"));
        }
    }

    private static boolean isItself(Path folder) {
        try {
            return Files.isDirectory(folder) && folder.toRealPath().equals(folder);
        } catch (IOException _) {
            return false; // not there any more
        }
    }

    boolean asked() {
        return !files.isEmpty();
    }

    /** Refuses what a table cannot be. */
    void requireNoDrawing(String what) throws Failure {
        for (String option : files.keySet()) {
            if (!option.equals("--html")) {
                throw new Failure(
                        Exit.USAGE, "%s is a table, and goes without %s".formatted(what, option));
            }
        }
    }

    void write(Picture picture) throws Failure {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String text =
                    switch (file.getKey()) {
                        case "--html" -> picture.html();
                        case "--svg" -> SvgPicture.file(drawing(picture));
                        default -> DotText.of(drawing(picture));
                    };
            write(file.getKey(), file.getValue(), text);
            invocation.console().say("written: " + file.getValue());
        }
    }

    private static Drawing drawing(Picture picture) {
        return picture.drawing().orElseThrow();
    }

    /** Says why there is nothing to draw. */
    void leave(String why) {
        files.forEach((option, file) ->
                invocation
                        .console()
                        .say("%s: %s was not written: %s".formatted(option, file, why)));
    }

    static void write(String option, Path file, String text) throws Failure {
        requirePlace(option, file);
        Path aside =
                file.resolveSibling(
                        ".%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
        try {
            try {
                Files.writeString(aside, text, StandardOpenOption.CREATE_NEW);
                requirePlace(option, file);
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new Failure(
                    Exit.FINDINGS,
                    Message.of("%s: cannot write %s: %s", option, file, Cause.of(e, file)),
                    List.of());
        }
    }
}
