package dev.blast.environment.policies;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.project.Project;
import dev.blast.packaging.Message;
import dev.blast.rules.format.RuleNames;
import dev.blast.rules.source.Span;
import dev.blast.rules.trial.TestFile;
import dev.blast.toml.TomlEditor;
import dev.blast.toml.TomlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another name for a rule of the project, in its file and in the cases that name it. */
public final class RuleRenaming {
    private final Project project;
    private final String from;
    private final String to;
    private final UnsavedTexts unsaved;
    private final PolicyText room = new PolicyText();

    /**
     * A file as it is and as it will be.
     *
     * @param file from the project's folder on
     * @param places how often the name stands there
     */
    public record Rewritten(String file, String before, String after, int places) {}

    private RuleRenaming(Project project, UnsavedTexts unsaved, String from, String to) {
        this.project = project;
        this.unsaved = unsaved;
        this.from = from;
        this.to = to;
    }

    /**
     * What has to change: the file with the rule first.
     *
     * @throws EnvironmentException where no rule of the project is called so, or several are, or a
     *     case cannot be changed
     */
    public static List<Rewritten> of(Project project, String from, String to)
            throws EnvironmentException {
        return of(project, UnsavedTexts.NONE, from, to);
    }

    /** The same, with texts in place of files. */
    public static List<Rewritten> of(Project project, UnsavedTexts unsaved, String from, String to)
            throws EnvironmentException {
        return new RuleRenaming(project, unsaved, from, to).changes();
    }

    private List<Rewritten> changes() throws EnvironmentException {
        List<Trust.Content> files = PolicySources.project(project, unsaved);
        var rules = new ArrayList<Rewritten>();
        var cases = new ArrayList<Rewritten>();
        for (Trust.Content file : files) {
            List<Span> spans = RuleNames.of(file.text(), from);
            for (Span span : spans) {
                String after = RuleNames.renamed(file.text(), span, to);
                rules.add(new Rewritten(file.path(), file.text(), after, 1));
            }
            Path tests = project.directory().resolve(TestFile.beside(file.path()));
            if (Files.isRegularFile(tests) || unsaved.of(tests).isPresent()) {
                cases(tests, cases);
            }
        }
        if (rules.size() != 1) {
            String places = String.join(", ", rules.stream().map(Rewritten::file).toList());
            throw new EnvironmentException(
                    rules.isEmpty()
                            ? Message.of("no rule of this project is called \"%s\"", from)
                            : Message.of("several rules are called \"%s\": %s", from, places));
        }
        rules.addAll(cases);
        return rules;
    }

    private void cases(Path file, List<Rewritten> changes) throws EnvironmentException {
        String shown = project.directory().relativize(file).toString();
        Optional<String> written = unsaved.of(file);
        if (written.isEmpty()) {
            PolicySources.requireInside(project, file);
        }
        String text = written.isPresent() ? written.get() : room.read(file);
        try {
            TomlEditor editor = TomlEditor.of(shown, text);
            int places = 0;
            if (editor.values().get("case") instanceof List<?> cases) {
                for (int i = 0; i < cases.size(); i++) {
                    if (cases.get(i) instanceof Map<?, ?> it && from.equals(it.get("because"))) {
                        int line = editor.line("case", i, "because");
                        editor =
                                editor.splice(0, from.length(), to, "case", i, "because")
                                        .orElseThrow(() ->
                                                new EnvironmentException(
                                                        Message.of(
                                                                "%s:%d: the name of the rule cannot be changed here: change it by hand, in its file too",
                                                                shown, line)));
                        places++;
                    }
                }
            }
            if (places > 0) {
                changes.add(new Rewritten(shown, text, editor.text(), places));
            }
        } catch (TomlException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }
}
