package dev.blast.environment.policies;

import dev.blast.environment.EnvironmentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Policies that come with Blast to be begun with and made one's own; none of them is in force where
 * it lies. A starter shows what one question is about, a policy of the cookbook what a team may
 * want.
 */
public final class Beginnings {
    private static final String DRL = ".drl";

    private final Path starters;
    private final Path cookbook;

    /**
     * Those of a distribution.
     *
     * @param shipped its folder of policies
     */
    public Beginnings(Path shipped) {
        starters = shipped.resolve("starters");
        cookbook = shipped.resolve("cookbook");
    }

    /** The names of the starters. */
    public SortedSet<String> starters() throws EnvironmentException {
        return names(starters);
    }

    /** The names of the policies of the cookbook. No starter has one of them. */
    public SortedSet<String> cookbook() throws EnvironmentException {
        return names(cookbook);
    }

    private static SortedSet<String> names(Path folder) throws EnvironmentException {
        var names = new TreeSet<String>();
        for (Path file : new PolicyFolder(folder).files()) {
            String name = String.valueOf(file.getFileName());
            names.add(name.substring(0, name.length() - DRL.length()));
        }
        return names;
    }

    /** The rules of one, as they are shipped. */
    public String rules(String name) throws EnvironmentException {
        return texts(name, List.of(DRL)).getFirst();
    }

    /** The rules of one and the cases that try them, each by the name of its file. */
    public Map<String, String> files(String name) throws EnvironmentException {
        var endings = List.of(DRL, ".test.toml");
        List<String> texts = texts(name, endings);
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            files.put(name + endings.get(i), texts.get(i));
        }
        return files;
    }

    private List<String> texts(String name, List<String> endings) throws EnvironmentException {
        Path folder = starters().contains(name) ? starters : cookbook;
        var room = new PolicyText();
        var texts = new ArrayList<String>();
        for (String ending : endings) {
            texts.add(room.read(folder.resolve(name + ending)));
        }
        return texts;
    }
}
