package dev.blast.environment.build;

import dev.blast.packaging.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which of the lines that a failed build said tells why, as one who reads them all would choose:
 * the exception that ended it, unless that only says that another program failed; then the first
 * error of that program. What is read is a stranger's. Pure.
 */
final class BuildCause {
    /** Of what is shown. */
    private static final int WIDEST = 240;

    /** Of what is looked at: no compiler's sentence is longer. */
    private static final int READ = 2_000;

    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final String CMAKE = "CMake Error";

    /** What compilers, linkers, meson, cargo and setuptools put before an error. */
    private static final Pattern ERROR =
            Pattern.compile(
                    "(?:[^:]{1,300}:(?:\\d{1,7}:){0,2} )?(?:fatal )?(?:error|Error|ERROR)(?:\\[\\w{1,20}])?: .*"
                            + "|CMake Error(?: at [^ ].*)?:.*"
                            + "|[^ :]{1,300}\\.(?:pyx|pxd|pxi):\\d{1,7}:\\d{1,7}: .*"
                            + "|[^ :]{0,300}ld(?:\\.\\w{1,10})?: cannot find -l.*"
                            + "|.{0,600}: undefined reference to .*");

    /** That some program failed, which has said why itself. */
    private static final Pattern OF_ANOTHER =
            Pattern.compile(
                    "returned non-zero|failed with exit (?:code|status)|returned \\d{1,3} exit status"
                            + "|exited with|exit status \\d|[Cc]ompil(?:ation|e) failed"
                            + "|aborting due to|could not compile",
                    Pattern.DOTALL);

    /** Only said where nothing else is: what tries several programs goes on without one. */
    private static final Pattern NO_PROGRAM =
            Pattern.compile(
                    "(?:/[\\w/]{0,40}/)?(?:ba|da)?sh: (?:(?:line )?\\d{1,7}: )?[^ ]{1,100}: (?:command )?not found"
                            + "|make(?:\\[\\d{1,3}])?: [^ ]{1,100}: No such file or directory");

    /** What is tried out, and may fail. */
    private static final Pattern TRIAL =
            Pattern.compile("conftest|_configtest|CMakeTmp|/tmp/tmp\\w{8}/");

    private static final Pattern BEGINNING = Pattern.compile("building '[^']{1,200}' extension");

    /** Lines that only lead on. */
    private static final Pattern POINTER =
            Pattern.compile(
                    "A full log can be found .*|\\[end of output].*|(?:hint|note|help): .*");

    private static final Pattern STYLE = Pattern.compile("\u001b\\[[0-9;]{0,20}m");

    private final List<String> lines;

    private BuildCause(List<String> lines) {
        this.lines = lines;
    }

    /** The cause in a log, fit to be shown; empty where nothing was said. */
    static String of(String log) {
        List<String> lines =
                STYLE.matcher(log)
                        .replaceAll("")
                        .lines()
                        .map(line -> line.length() > READ ? line.substring(0, READ) : line)
                        .map(String::stripTrailing)
                        .toList();
        String found = Visible.of(new BuildCause(lines).find());
        return found.length() > WIDEST ? found.substring(0, WIDEST) + "…" : found;
    }

    /**
     * Something said by several lines together.
     *
     * @param end the first line after it
     */
    private record Told(String text, int end) {
        boolean isOfAnother() {
            return OF_ANOTHER.matcher(text).find();
        }
    }

    private String find() {
        List<Told> exceptions = exceptions();
        List<Told> errors = errors();
        Told last = exceptions.isEmpty() ? null : exceptions.getLast();
        boolean ended = last != null && errors.stream().noneMatch(it -> it.end() > last.end());
        if (last != null && ended && !last.isOfAnother()) {
            return last.text();
        }
        var candidates = new ArrayList<Told>(errors);
        candidates.addAll(exceptions.reversed());
        candidates.removeIf(Told::isOfAnother);
        if (!candidates.isEmpty()) {
            return candidates.getFirst().text();
        }
        List<String> lacking =
                lines.stream().filter(line -> NO_PROGRAM.matcher(line.strip()).matches()).toList();
        if (!lacking.isEmpty()) {
            return lacking.getLast().strip();
        }
        return last != null && ended ? last.text() : lastLine();
    }

    /** Of each traceback the line after its frames, with what belongs to it. */
    private List<Told> exceptions() {
        var found = new ArrayList<Told>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(TRACEBACK)) {
                int at = i + 1;
                while (at < lines.size() && isInner(lines.get(at))) {
                    at++;
                }
                if (at < lines.size()) {
                    Told told = together(at);
                    found.add(told);
                    i = told.end() - 1;
                }
            }
        }
        return found;
    }

    private static boolean isInner(String line) {
        return line.isBlank() || Character.isWhitespace(line.charAt(0));
    }

    /** A line and those after it, to the next empty one; one that ends open goes on beyond that. */
    private Told together(int from) {
        var text = new StringBuilder(lines.get(from).strip());
        int at = from + 1;
        boolean open = text.charAt(text.length() - 1) == ':';
        while (at < lines.size() && text.length() <= WIDEST) {
            String line = lines.get(at).strip();
            if (line.equals(TRACEBACK) || (line.isEmpty() && !open)) {
                break;
            }
            if (!line.isEmpty()) {
                text.append(' ').append(line);
                open = false;
            }
            at++;
        }
        return new Told(text.toString(), at);
    }

    /** Those of the extension that was built last, else of all. */
    private List<Told> errors() {
        int from = lines.size();
        while (from > 0 && !BEGINNING.matcher(lines.get(from - 1)).matches()) {
            from--;
        }
        List<Told> ofLast = errors(from);
        return from == 0 || ofLast.stream().anyMatch(it -> !it.isOfAnother()) ? ofLast : errors(0);
    }

    private List<Told> errors(int from) {
        var found = new ArrayList<Told>();
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (ERROR.matcher(line).matches() && !TRIAL.matcher(line).find()) {
                found.add(line.startsWith(CMAKE) ? together(i) : new Told(line, i + 1));
            }
        }
        return found;
    }

    private String lastLine() {
        return lines.reversed().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !POINTER.matcher(line).matches())
                .findFirst()
                .orElse("");
    }
}
