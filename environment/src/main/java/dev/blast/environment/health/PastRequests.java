package dev.blast.environment.health;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.Locked;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import dev.blast.rules.compare.EarlierRequest;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.fact.Sync;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Records;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.lock.LockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What rules were asked in an environment, as far as that is kept: who runs there, what is
 * installed and was before, what the lock holds, what the project asks for.
 */
public final class PastRequests implements EarlierRequests {
    /** Versions of earlier syncs. */
    private static final int MAX_EARLIER = 500;

    private static final String SYNC = "the last sync";

    private final Habitat habitat;
    private final List<String> failures = new ArrayList<>();

    public PastRequests(Habitat habitat) {
        this.habitat = habitat;
    }

    /** What could not be read, a sentence each: without it fewer requests are known. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public List<EarlierRequest> of(Question question) {
        try {
            return switch (question.subjects().getFirst().name()) {
                case "Session" -> sessions(question);
                case "Candidate" ->
                        question.subjects().size() == 1 ? candidates(question) : List.of();
                case "Artifact" -> artifacts(question);
                case "Sync" -> List.of(request(SYNC, question, List.of(sync())));
                case "Requirement" -> requirements(question);
                case "Advisory" -> advisories(question);
                default -> decided(question);
            };
        } catch (EnvironmentException e) {
            failures.add(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private EarlierRequest request(String by, Question question, List<?> subjects)
            throws EnvironmentException {
        return EarlierRequest.of(by, question, as(Purpose.RESOLVE, "blast"), installed(), subjects);
    }

    private List<Distribution> installed() throws EnvironmentException {
        return Installed.facts(
                habitat.project(),
                habitat.environment(),
                habitat.applied(),
                habitat.interpreter().markers(),
                habitat.policies().policy());
    }

    private Session as(Purpose purpose, String command) {
        Object session = Records.with(habitat.context().session(), "purpose", purpose);
        return (Session) Records.with(session, "command", command);
    }

    /** Of what runs now the first word is its program. */
    private List<EarlierRequest> sessions(Question question) throws EnvironmentException {
        var requests = new ArrayList<EarlierRequest>();
        for (var running : habitat.sessions().list()) {
            String program = running.command().split(" ", 2)[0];
            Path name = Path.of(program).getFileName();
            requests.add(session("what runs now", question, as(Purpose.RUN, String.valueOf(name))));
        }
        requests.add(session("blast run", question, as(Purpose.RUN, "python")));
        requests.add(session("blast shell", question, as(Purpose.SHELL, "sh")));
        requests.add(session(SYNC, question, as(Purpose.RESOLVE, "blast")));
        return requests;
    }

    private EarlierRequest session(String by, Question question, Session session)
            throws EnvironmentException {
        return EarlierRequest.of(by, question, session, installed(), List.of());
    }

    private List<EarlierRequest> candidates(Question question) throws EnvironmentException {
        var requests = new ArrayList<EarlierRequest>();
        var known = new HashSet<String>();
        for (Candidate it :
                InstalledCandidates.of(
                        habitat.project(),
                        habitat.environment(),
                        habitat.interpreter(),
                        habitat.policies().policy().mentions(Candidate.class, Candidate.LICENSE))) {
            known.add(it.name() + " " + it.version());
            requests.add(request(SYNC, question, List.of(it)));
        }
        try (History history = History.of(habitat.workspace().dossier(habitat.environment()))) {
            for (Generation generation : history.generations()) {
                for (Generation.Installed it : generation.packages()) {
                    if (known.add(it.name() + " " + it.version()) && known.size() < MAX_EARLIER) {
                        requests.add(request("an earlier sync", question, List.of(candidate(it))));
                    }
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new EnvironmentException("the history is damaged: " + e.getMessage(), e);
        }
        return requests;
    }

    private static Candidate candidate(Generation.Installed it) {
        return Candidate.of(new PackageName(it.name()), Version.parse(it.version()));
    }

    private List<EarlierRequest> artifacts(Question question) throws EnvironmentException {
        var requests = new ArrayList<EarlierRequest>();
        try {
            for (Pin pin : Locked.pins(habitat.project(), habitat.interpreter()).values()) {
                requests.add(request(SYNC, question, List.of(artifact(pin))));
            }
        } catch (LockException | IOException e) {
            throw new EnvironmentException("the lock cannot be read: " + e.getMessage(), e);
        }
        requests.addAll(decided(question));
        return requests;
    }

    private static Artifact artifact(Pin pin) {
        DistributionFile file = pin.file();
        boolean isNative =
                file.wheel() != null
                        && file.wheel().tags().stream()
                                .map(Tag::platform)
                                .anyMatch(platform -> !platform.equals("any"));
        return new Artifact(
                pin.name(),
                pin.version(),
                file.wheel() == null ? ArtifactKind.SDIST : ArtifactKind.WHEEL,
                file.uri().getHost(),
                file.sizeBytes().orElse(0),
                isNative,
                true,
                List.of());
    }

    /** What a sync and check ask of the holes that are known in what is installed. */
    private List<EarlierRequest> advisories(Question question) throws EnvironmentException {
        Optional<AdvisorySet> known = new AdvisoryStore(habitat.workspace().directories()).read();
        var requests = new ArrayList<EarlierRequest>();
        if (known.isPresent()) {
            for (AdvisoryCheck.Having it :
                    AdvisoryCheck.having(
                            habitat.environment(), habitat.interpreter(), known.get(), _ -> true)) {
                requests.add(
                        request(
                                "blast check",
                                question,
                                List.of(it.hole().of(it.version(), Instant.now()))));
            }
        }
        return requests;
    }

    /** What is kept as it was decided, beside what is installed now. */
    private List<EarlierRequest> decided(Question question) throws EnvironmentException {
        var requests = new ArrayList<EarlierRequest>();
        for (KeptDecision it :
                new KeptDecisions(habitat.workspace().dossier(habitat.environment())).all()) {
            if (it.question().equals(question.name())) {
                Session session = it.draft().somebody();
                requests.add(
                        EarlierRequest.of(
                                it.by(),
                                question,
                                session,
                                installed(),
                                it.draft().subjects(session)));
            }
        }
        return requests;
    }

    private Sync sync() {
        return new Sync(
                Cause.PERSON, false, 0, Files.exists(habitat.project().lockFile()), null, null, 1);
    }

    private List<EarlierRequest> requirements(Question question) throws EnvironmentException {
        var requests = new ArrayList<EarlierRequest>();
        for (RootRequirement root : Locked.roots(habitat.project())) {
            requests.add(request(SYNC, question, List.of(root.fact(), sync())));
        }
        return requests;
    }
}
