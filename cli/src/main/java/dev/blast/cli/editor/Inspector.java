package dev.blast.cli.editor;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Policy;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is open whenever it changes: at once for what does not load, and once nobody has
 * typed for a moment for everything else. Answers about an older state are thrown away.
 */
final class Inspector {
    /** Long enough that a person has stopped, short enough that they wait for nothing. */
    private static final long PAUSE_MILLIS = 300;

    /** How often code runs until it runs as quickly as later. */
    private static final int WARMING = 8;

    private static final String WRONG =
            "rule \"wrong\" when Conection( port = 443 ) then alow(); end";

    private final Workspace workspace;
    private final OpenDocuments documents;
    private final Trials trials;
    private final LanguageClient editor;
    private final ScheduledExecutorService quick = background("quick");
    private final ScheduledExecutorService thorough = background("thorough");
    private final AtomicBoolean isWanted = new AtomicBoolean();

    /** Grows with every change. */
    private final AtomicInteger edition = new AtomicInteger();

    /** By folder of the project; what was found there last. */
    private final Map<Path, Inspection> last = new HashMap<>();

    /** What the editor shows, by address. */
    private final Map<String, List<Diagnostic>> shown = new HashMap<>();

    private final Set<String> told = new HashSet<>();
    private @Nullable Future<?> later;

    Inspector(Workspace workspace, OpenDocuments documents, Trials trials, LanguageClient editor) {
        this.workspace = workspace;
        this.documents = documents;
        this.trials = trials;
        this.editor = editor;
    }

    private static ScheduledExecutorService background(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
    }

    /**
     * Looks at the policies that are always there, so that the first change is answered as the
     * others.
     */
    void warmUp() {
        quick.execute(() -> guarded(() -> always().forEach(Policy::mistakes)));
        thorough.execute(() -> guarded(() -> always().stream().limit(1).forEach(Policy::load)));
    }

    /** The shipped policies, again and again, beside one that is wrong. */
    private List<List<PolicyFile>> always() {
        try {
            var files = new ArrayList<PolicyFile>(workspace.sources().outside(UnsavedTexts.NONE));
            files.add(new PolicyFile(Layer.PROJECT, "wrong.drl", WRONG, false));
            return Collections.nCopies(WARMING, files);
        } catch (EnvironmentException _) {
            return List.of(); // the first look says so
        }
    }

    /** Something was typed, opened, closed or saved. */
    void look() {
        edition.incrementAndGet();
        if (isWanted.compareAndSet(false, true)) {
            quick.execute(() -> {
                isWanted.set(false);
                guarded(this::lookNow);
            });
        }
    }

    /** What is open at one moment, by project. */
    private record Scene(int edition, List<OpenDocument> documents) {
        Map<Path, List<Path>> projects(Workspace workspace) {
            var projects = new TreeMap<Path, List<Path>>();
            for (OpenDocument document : documents) {
                if (document.file() != null) {
                    Path root = EditedProject.root(workspace, document.file());
                    projects.computeIfAbsent(root, _ -> new ArrayList<>()).add(document.file());
                }
            }
            return projects;
        }

        Optional<OpenDocument> document(Path file) {
            return documents.stream().filter(it -> file.equals(it.file())).findFirst();
        }
    }

    private void lookNow() {
        var scene = new Scene(edition.get(), documents.all());
        UnsavedTexts unsaved = OpenDocuments.unsaved(scene.documents());
        var found = new ArrayList<Inspection>();
        Map<Path, List<Path>> projects = scene.projects(workspace);
        for (var each : projects.entrySet()) {
            try {
                found.add(
                        Inspection.quick(
                                EditedProject.of(
                                        workspace, each.getKey(), unsaved, each.getValue()),
                                each.getValue()));
            } catch (EnvironmentException e) {
                tell(e);
            }
        }
        synchronized (this) {
            last.keySet().retainAll(projects.keySet());
            found.forEach(it -> last.put(it.project().project().directory(), it));
            show(scene, found, true);
            if (later != null) {
                later.cancel(true);
            }
            later =
                    thorough.schedule(
                            () -> guarded(() -> lookAgain(scene, found)),
                            PAUSE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void lookAgain(Scene scene, List<Inspection> found) {
        var more = new ArrayList<Inspection>();
        for (Inspection each : found) {
            try {
                more.add(each.thorough(workspace.sources(), trials));
            } catch (EnvironmentException e) {
                tell(e);
            }
        }
        synchronized (this) {
            if (edition.get() == scene.edition()) {
                more.forEach(it -> last.put(it.project().project().directory(), it));
                show(scene, more, false);
            }
        }
    }

    /** A mistake of ours ends one look, and is told. */
    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            editor.logMessage(
                    new MessageParams(MessageType.Error, "a bug in blast, which goes on: " + e));
        }
    }

    /** Each trouble once: it stays while somebody types. */
    private synchronized void tell(EnvironmentException e) {
        String why = String.valueOf(e.getMessage());
        if (told.add(why)) {
            editor.showMessage(new MessageParams(MessageType.Error, why));
        }
    }

    /**
     * Shows what was found.
     *
     * @param isQuick then warnings that are shown stay where nothing worse was found: they are
     *     looked for again in a moment
     */
    private void show(Scene scene, List<Inspection> found, boolean isQuick) {
        var now = new HashMap<String, List<Diagnostic>>();
        shown.keySet().forEach(uri -> now.put(uri, List.of()));
        scene.documents().forEach(it -> now.put(it.uri(), List.of()));
        for (Inspection inspection : found) {
            inspection
                    .findings()
                    .forEach((file, findings) -> {
                        DocumentText text = text(scene, inspection, file);
                        now.put(
                                uri(scene, file),
                                findings.stream().map(it -> Marks.of(it, text)).toList());
                    });
            inspection
                    .failures()
                    .forEach((file, failures) -> {
                        DocumentText text = text(scene, inspection, file);
                        now.put(
                                uri(scene, file),
                                failures.stream().map(it -> Marks.of(it, text)).toList());
                    });
        }
        now.forEach((uri, marks) -> {
            List<Diagnostic> before = shown.getOrDefault(uri, List.of());
            boolean hasWarnings =
                    !before.isEmpty()
                            && before.stream()
                                    .allMatch(it -> it.getSeverity() == DiagnosticSeverity.Warning);
            if (!isQuick || !marks.isEmpty() || !hasWarnings) {
                publish(scene, uri, marks);
            }
        });
    }

    private void publish(Scene scene, String uri, List<Diagnostic> marks) {
        OpenDocument document =
                scene.documents().stream()
                        .filter(it -> it.uri().equals(uri))
                        .findFirst()
                        .orElse(null);
        if (marks.isEmpty() && document == null) {
            shown.remove(uri);
        } else {
            shown.put(uri, marks);
        }
        editor.publishDiagnostics(
                new PublishDiagnosticsParams(
                        uri, marks, document == null ? null : document.version()));
    }

    private static String uri(Scene scene, Path file) {
        return scene.document(file).map(OpenDocument::uri).orElse(file.toUri().toString());
    }

    /** As it was looked at. */
    private DocumentText text(Scene scene, Inspection inspection, Path file) {
        @Nullable PolicyFile policy = inspection.project().files().get(file);
        return scene.document(file)
                .map(OpenDocument::text)
                .orElseGet(() -> documents.text(policy == null ? "" : policy.text()));
    }

    /** What was found last in a project. */
    synchronized Optional<Inspection> last(Path root) {
        return Optional.ofNullable(last.get(root));
    }
}
