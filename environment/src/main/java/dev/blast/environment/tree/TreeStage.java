package dev.blast.environment.tree;

import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.Inode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lays out the entries of a tree in a folder of their own, each as it was. */
public final class TreeStage {
    private TreeStage() {}

    /**
     * Lays them out.
     *
     * @param coming folders before what lies in them
     * @param folder every folder in it is entered by descriptor
     * @param contents where what they hold is had from
     */
    public static void lay(List<TreeEntry> coming, HeldFolder folder, Contents contents)
            throws IOException {
        for (TreeEntry entry : coming) {
            Path path = Path.of(entry.path());
            if (path.getNameCount() > 1) {
                folder.makeFolders(HeldFolder.above(path));
                folder.releaseAllBut(path);
            }
            switch (entry) {
                case TreeEntry.Folder(_, int mode) -> {
                    folder.makeFolders(path);
                    folder.at(path, place -> Files.setAttribute(place, "unix:mode", mode | 0700));
                }
                case TreeEntry.Link(_, long modified, String target) -> {
                    folder.link(path, Path.of(target));
                    folder.at(path, place -> Inode.setModified(place, modified));
                }
                case TreeEntry.File(_, int mode, long modified, _, String hash) ->
                        folder.at(
                                path,
                                place -> {
                                    contents.lay(hash, mode, modified, place);
                                    return place;
                                });
            }
        }
    }
}
