package dev.blast.rules.vocabulary;

import static dev.blast.rules.vocabulary.Type.*;

import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.HookKind;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Session;
import dev.blast.rules.fact.StartupHook;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.fact.Sync;
import dev.blast.rules.fact.SyncOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The table of facts: what every policy file may look at. The reference in docs/policies.md is made
 * from it.
 */
public final class Facts {
    public static final FactType SESSION =
            fact(
                    Session.class,
                    "who asks, where, and what for",
                    Field.of(Session.class, "user", TEXT, "login name", Session::user),
                    Field.of(
                            Session.class,
                            "ci",
                            FLAG,
                            "a continuous-integration service runs this",
                            Session::ci),
                    Field.of(
                            Session.class,
                            "interactive",
                            FLAG,
                            "a person sits at a terminal",
                            Session::interactive),
                    Field.of(
                            Session.class,
                            "environment",
                            TEXT,
                            "the environment's name",
                            Session::environment),
                    Field.of(
                            Session.class,
                            "project",
                            PATH,
                            "the project's folder",
                            Session::project),
                    Field.of(Session.class, "home", PATH, "the user's home", Session::home),
                    Field.of(
                            Session.class,
                            "prefix",
                            PATH,
                            "the environment's folder (sys.prefix)",
                            Session::prefix),
                    Field.of(
                            Session.class,
                            "basePrefix",
                            PATH,
                            "where the interpreter lives (sys.base_prefix)",
                            Session::basePrefix),
                    Field.of(
                            Session.class,
                            "python",
                            VERSION,
                            "the interpreter's version",
                            Session::python),
                    Field.of(
                            Session.class,
                            "platform",
                            TEXT,
                            "as in sys.platform",
                            Session::platform),
                    Field.of(
                            Session.class,
                            "command",
                            TEXT,
                            "the program's name, without folders",
                            Session::command),
                    Field.choice(
                            Session.class,
                            "purpose",
                            Purpose.class,
                            "what the session is for",
                            Session::purpose));

    static final FactType DISTRIBUTION =
            fact(
                    Distribution.class,
                    "one for each installed distribution",
                    Field.of(Distribution.class, "name", NAME, "", Distribution::name),
                    Field.of(Distribution.class, "version", VERSION, "", Distribution::version),
                    Field.of(
                            Distribution.class,
                            "direct",
                            FLAG,
                            "the project itself asks for it",
                            Distribution::direct),
                    Field.of(
                            Distribution.class,
                            "group",
                            TEXT,
                            "the dependency group that asks for it",
                            Distribution::group));

    static final FactType CONNECTION =
            fact(
                    Connection.class,
                    "one attempt to connect",
                    Field.of(
                            Connection.class,
                            "host",
                            HOST,
                            "the name that was asked for",
                            Connection::host),
                    Field.of(Connection.class, "port", NUMBER, "", Connection::port),
                    Field.of(
                            Connection.class,
                            "address",
                            ADDRESS,
                            "the address to dial, where it is known",
                            Connection::address),
                    Field.choice(
                            Connection.class, "protocol", Protocol.class, "", Connection::protocol),
                    Field.choice(
                            Connection.class,
                            "direction",
                            Direction.class,
                            "",
                            Connection::direction),
                    Field.of(
                            Connection.class,
                            "program",
                            PATH,
                            "the program that connects, where it is known",
                            Connection::program),
                    Field.of(
                            Connection.class,
                            "toIndex",
                            FLAG,
                            "the host is a configured package index",
                            Connection::toIndex),
                    Field.of(
                            Connection.class,
                            "toLoopback",
                            FLAG,
                            "the address is this machine's",
                            Connection::toLoopback),
                    Field.of(
                            Connection.class,
                            "toPrivate",
                            FLAG,
                            "a private or link-local address",
                            Connection::toPrivate),
                    Field.of(
                            Connection.class,
                            "toMetadataService",
                            FLAG,
                            "a cloud's metadata service",
                            Connection::toMetadataService));

    static final FactType CANDIDATE =
            fact(
                    Candidate.class,
                    "one version of one package that might be chosen",
                    Field.of(Candidate.class, "name", NAME, "", Candidate::name),
                    Field.of(Candidate.class, "version", VERSION, "", Candidate::version),
                    Field.of(
                            Candidate.class,
                            "ageDays",
                            NUMBER,
                            "whole days since its release; 0 if unknown",
                            Candidate::ageDays),
                    Field.of(
                            Candidate.class,
                            "released",
                            DATE,
                            "when its first file was uploaded",
                            Candidate::released),
                    Field.of(Candidate.class, "prerelease", FLAG, "", Candidate::prerelease),
                    Field.of(
                            Candidate.class,
                            "yanked",
                            FLAG,
                            "taken back by its authors",
                            Candidate::yanked),
                    Field.of(
                            Candidate.class,
                            "index",
                            HOST,
                            "the host of the index that offers it",
                            Candidate::index),
                    Field.of(
                            Candidate.class,
                            "wheel",
                            FLAG,
                            "there is a wheel for this platform",
                            Candidate::wheel),
                    Field.of(
                            Candidate.class,
                            "downloadBytes",
                            SIZE,
                            "of the file that would be fetched",
                            Candidate::downloadBytes),
                    Field.of(Candidate.class, "license", TEXT, "", Candidate::license),
                    Field.of(
                            Candidate.class,
                            "requiresPython",
                            TEXT,
                            "as written",
                            Candidate::requiresPython),
                    Field.of(
                            Candidate.class,
                            "advisories",
                            LIST,
                            "ids of known advisories against it",
                            Candidate::advisories),
                    Field.of(
                            Candidate.class,
                            "mendsAdvisory",
                            FLAG,
                            "it mends a known hole of the version in use",
                            Candidate::mendsAdvisory),
                    Field.of(
                            Candidate.class,
                            "direct",
                            FLAG,
                            "the project itself asks for the package",
                            Candidate::direct),
                    Field.of(
                            Candidate.class,
                            "group",
                            TEXT,
                            "the dependency group that asks for it",
                            Candidate::group),
                    Field.of(
                            Candidate.class,
                            "installed",
                            FLAG,
                            "exactly this version is installed",
                            Candidate::installed),
                    Field.of(
                            Candidate.class,
                            "locked",
                            FLAG,
                            "exactly this version is in the lock",
                            Candidate::locked),
                    Field.of(
                            Candidate.class,
                            "pinned",
                            FLAG,
                            "the project asks for exactly this one by `==`",
                            Candidate::pinned),
                    Field.of(
                            Candidate.class,
                            "installer",
                            TEXT,
                            "what the installed one came by",
                            Candidate::installer));

    /** The fields of a candidate, read from the candidate that it is. */
    public static final FactType COMPANION =
            fact(
                    Companion.class,
                    "another candidate, chosen beside it",
                    CANDIDATE.fields().stream().map(Facts::ofCompanion).toArray(Field[]::new));

    static final FactType ARTIFACT =
            fact(
                    Artifact.class,
                    "one file that is about to be installed",
                    Field.of(Artifact.class, "name", NAME, "", Artifact::name),
                    Field.of(Artifact.class, "version", VERSION, "", Artifact::version),
                    Field.choice(Artifact.class, "kind", ArtifactKind.class, "", Artifact::kind),
                    Field.of(
                            Artifact.class,
                            "index",
                            HOST,
                            "the host it came from",
                            Artifact::index),
                    Field.of(Artifact.class, "sizeBytes", SIZE, "", Artifact::sizeBytes),
                    Field.of(
                            Artifact.class,
                            "nativeCode",
                            FLAG,
                            "it holds compiled code",
                            Artifact::nativeCode),
                    Field.of(
                            Artifact.class,
                            "hashPinned",
                            FLAG,
                            "its hash was known beforehand",
                            Artifact::hashPinned),
                    Field.of(
                            Artifact.class,
                            "overwrites",
                            LIST,
                            "the distributions whose files it brings, or into whose packages",
                            Artifact::overwrites));

    static final FactType STARTUP_HOOK =
            fact(
                    StartupHook.class,
                    "a file that Python reads at every start",
                    Field.of(
                            StartupHook.class,
                            "distribution",
                            NAME,
                            "the distribution it belongs to",
                            StartupHook::distribution),
                    Field.of(StartupHook.class, "version", VERSION, "", StartupHook::version),
                    Field.of(
                            StartupHook.class,
                            "file",
                            TEXT,
                            "its path inside site-packages",
                            StartupHook::file),
                    Field.choice(StartupHook.class, "kind", HookKind.class, "", StartupHook::kind),
                    Field.of(
                            StartupHook.class,
                            "executes",
                            FLAG,
                            "it runs code",
                            StartupHook::executes),
                    Field.of(
                            StartupHook.class,
                            "known",
                            FLAG,
                            "its text is known to do no harm",
                            StartupHook::known));

    static final FactType SYNC =
            fact(
                    Sync.class,
                    "one synchronisation of the environment",
                    Field.choice(Sync.class, "cause", Cause.class, "what set it off", Sync::cause),
                    Field.of(
                            Sync.class,
                            "firstTime",
                            FLAG,
                            "nothing was installed here before",
                            Sync::firstTime),
                    Field.of(
                            Sync.class,
                            "conflicts",
                            NUMBER,
                            "disagreements between environment and packages",
                            Sync::conflicts),
                    Field.of(Sync.class, "lockPresent", FLAG, "there is a lock", Sync::lockPresent),
                    Field.of(Sync.class, "daysSinceLastSync", NUMBER, "", Sync::daysSinceLastSync),
                    Field.choice(
                            Sync.class,
                            "lastOutcome",
                            SyncOutcome.class,
                            "how the one before ended",
                            Sync::lastOutcome),
                    Field.of(Sync.class, "attempt", NUMBER, "1 for the first try", Sync::attempt));

    public static final FactType REQUIREMENT =
            fact(
                    Requirement.class,
                    "one requirement of the project",
                    Field.of(Requirement.class, "name", NAME, "", Requirement::name),
                    Field.of(
                            Requirement.class,
                            "group",
                            TEXT,
                            "the dependency group that holds it",
                            Requirement::group),
                    Field.of(
                            Requirement.class,
                            "direct",
                            FLAG,
                            "the project itself asks for it",
                            Requirement::direct),
                    Field.of(
                            Requirement.class,
                            "specifier",
                            TEXT,
                            "as written",
                            Requirement::specifier));

    public static final FactType STRATEGY =
            fact(
                    Strategy.class,
                    "a strategy, to be defined",
                    Field.of(Strategy.class, "name", TEXT, "", Strategy::name));

    static final FactType MISSING_LAYER =
            fact(
                    MissingLayer.class,
                    "a layer of the sandbox that this kernel lacks",
                    Field.choice(
                            MissingLayer.class,
                            "layer",
                            SandboxLayer.class,
                            "",
                            MissingLayer::layer));

    /** In the order of the reference. */
    public static final List<FactType> ALL =
            List.of(
                    SESSION,
                    DISTRIBUTION,
                    CONNECTION,
                    CANDIDATE,
                    COMPANION,
                    ARTIFACT,
                    STARTUP_HOOK,
                    SYNC,
                    REQUIREMENT,
                    STRATEGY,
                    MISSING_LAYER);

    private Facts() {}

    public static Optional<FactType> named(String name) {
        return ALL.stream().filter(fact -> fact.name().equals(name)).findFirst();
    }

    private static Field ofCompanion(Field field) {
        return new Field(
                field.name(),
                field.type(),
                field.choices(),
                it -> field.read(((Companion) it).candidate()),
                field.meaning());
    }

    private static FactType fact(Class<?> record, String meaning, Field... fields) {
        return new FactType(record.getSimpleName(), record, meaning, Arrays.asList(fields));
    }
}
