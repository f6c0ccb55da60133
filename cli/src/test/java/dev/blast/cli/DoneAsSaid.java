package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does by hand, to the files of a project and a home, what the text of an explanation says. */
final class DoneAsSaid {
    private static final Pattern ADD = Pattern.compile("add to (\\S+)( \\(checked: .*)?");
    private static final Pattern OUT =
            Pattern.compile(
                    "take out rule \"([^\"]+)\" (\\S+?):\\d+(, and its file.*?)?( \\(checked: .*)?");
    private static final Pattern TOUCH =
            Pattern.compile("make the file first, outside: (touch .*?)( \\(checked: .*)?");
    private static final Pattern BY = Pattern.compile("run it by (\\S+) \\(checked: .*");

    private final Path home;
    private final Path project;
    private final Function<String[], Cli.Said> blast;

    DoneAsSaid(Path home, Path project, Function<String[], Cli.Said> blast) {
        this.home = home;
        this.project = project;
        this.blast = blast;
    }

    /** What stands under each label that proposes something, without the label. */
    static List<List<String>> groups(String said) {
        var groups = new ArrayList<List<String>>();
        boolean proposes = false;
        for (String line : said.lines().toList()) {
            if (!line.startsWith("           ")) {
                proposes = line.startsWith("to allow ") || line.startsWith("for more ");
                if (proposes) {
                    groups.add(new ArrayList<>());
                }
            }
            if (proposes) {
                groups.getLast().add(line.substring(11));
            }
        }
        return groups;
    }

    /** Does what the lines say; the command that then asks. */
    String make(List<String> lines) throws IOException {
        String command = "sh";
        for (int at = 0; at < lines.size(); at++) {
            Matcher add = ADD.matcher(lines.get(at));
            Matcher out = OUT.matcher(lines.get(at));
            Matcher touch = TOUCH.matcher(lines.get(at));
            Matcher by = BY.matcher(lines.get(at));
            if (add.matches()) {
                var rule = new StringBuilder();
                while (!rule.toString().endsWith("\nend\n")) {
                    rule.append(lines.get(++at).substring(2)).append('\n');
                }
                Path file = project.resolve(add.group(1));
                String before = Files.exists(file) ? Files.readString(file) : "";
                Files.createDirectories(file.getParent());
                Files.writeString(file, before + rule);
            } else if (out.matches()) {
                takeOut(out.group(1), out.group(2), out.group(3) != null);
            } else if (touch.matches()) {
                assertThat(outside(touch.group(1))).isZero();
            } else if (by.matches()) {
                command = by.group(1);
            } else if (lines.get(at).endsWith(": blast trust")) {
                assertThat(blast.apply(new String[] {"trust"}).exit()).isZero();
            }
        }
        return command;
    }

    private void takeOut(String rule, String file, boolean withFile) throws IOException {
        Path path = file.startsWith("~/") ? home.resolve(file.substring(2)) : project.resolve(file);
        String left =
                Files.readString(path)
                        .lines()
                        .filter(line -> !line.startsWith("rule \"" + rule + "\""))
                        .reduce("", (all, line) -> all + line + "\n");
        assertThat(left.isBlank()).as("%s is then empty", file).isEqualTo(withFile);
        if (withFile) {
            Files.delete(path);
        } else {
            Files.writeString(path, left);
        }
    }

    private static int outside(String command) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
