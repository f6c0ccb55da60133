package dev.blast.rules.vocabulary;

import static dev.blast.rules.vocabulary.Type.*;

import dev.blast.rules.fact.Advisory;
import dev.blast.rules.fact.AdvisorySeverity;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.fact.Build;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.HookKind;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.RelaxationKind;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Session;
import dev.blast.rules.fact.StartupHook;
import dev.blast.rules.fact.Strategy;
import dev.blast.rules.fact.Sync;
import dev.blast.rules.fact.SyncOutcome;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import java.util.List;
import java.util.Optional;

/**
 * The table of facts: what every policy file may look at. The reference in docs/policies.md is made
 * from it.
 */
public final class Facts {
    public static final FactType SESSION =
            FactType.of(Session.class, "who asks, where, and what for")
                    .field("user", TEXT, "login name", Session::user)
                    .field("ci", FLAG, "a continuous-integration service runs this", Session::ci)
                    .field("interactive", FLAG, "a person sits at a terminal", Session::interactive)
                    .field("environment", TEXT, "the environment's name", Session::environment)
                    .field("project", PATH, "the project's folder", Session::project)
                    .field("home", PATH, "the user's home", Session::home)
                    .field("prefix", PATH, "the environment's folder (sys.prefix)", Session::prefix)
                    .field(
                            "basePrefix",
                            PATH,
                            "where the interpreter lives (sys.base_prefix)",
                            Session::basePrefix)
                    .field("python", VERSION, "the interpreter's version", Session::python)
                    .field("platform", TEXT, "as in sys.platform", Session::platform)
                    .field("command", TEXT, "the program's name, without folders", Session::command)
                    .choice("purpose", Purpose.class, "what the session is for", Session::purpose)
                    .build();

    public static final FactType DISTRIBUTION =
            FactType.of(Distribution.class, "one for each installed distribution")
                    .field("name", NAME, "", Distribution::name)
                    .field("version", VERSION, "", Distribution::version)
                    .field("direct", FLAG, "the project itself asks for it", Distribution::direct)
                    .field(
                            "group",
                            TEXT,
                            "the dependency group that asks for it",
                            Distribution::group)
                    .build();

    public static final FactType CONNECTION =
            FactType.of(Connection.class, "one attempt to connect")
                    .field("host", HOST, "the name that was asked for", Connection::host)
                    .field("port", NUMBER, "", Connection::port)
                    .field(
                            "address",
                            ADDRESS,
                            "the address to dial, where it is known",
                            Connection::address)
                    .choice("protocol", Protocol.class, "", Connection::protocol)
                    .choice("direction", Direction.class, "", Connection::direction)
                    .field(
                            "program",
                            PATH,
                            "the program that connects, where it is known",
                            Connection::program)
                    .field(
                            "toIndex",
                            FLAG,
                            "the host is a configured package index",
                            Connection::toIndex)
                    .field(
                            "toLoopback",
                            FLAG,
                            "the address is this machine's",
                            Connection::toLoopback)
                    .field(
                            "toPrivate",
                            FLAG,
                            "a private or link-local address",
                            Connection::toPrivate)
                    .field(
                            "toMetadataService",
                            FLAG,
                            "a cloud's metadata service",
                            Connection::toMetadataService)
                    .build();

    public static final FactType CANDIDATE =
            FactType.of(Candidate.class, "one version of one package that might be chosen")
                    .field("name", NAME, "", Candidate::name)
                    .field("version", VERSION, "", Candidate::version)
                    .field(
                            "ageDays",
                            NUMBER,
                            "whole days since its release; 0 if unknown",
                            Candidate::ageDays)
                    .field(
                            "released",
                            DATE,
                            "when its first file was uploaded",
                            Candidate::released)
                    .field("prerelease", FLAG, "", Candidate::prerelease)
                    .field("yanked", FLAG, "taken back by its authors", Candidate::yanked)
                    .field("index", HOST, "the host of the index that offers it", Candidate::index)
                    .field("wheel", FLAG, "there is a wheel for this platform", Candidate::wheel)
                    .field(
                            "downloadBytes",
                            SIZE,
                            "of the file that would be fetched",
                            Candidate::downloadBytes)
                    .field(
                            "license",
                            TEXT,
                            "its SPDX expression, else what its classifiers name, else its own short words; read where a rule asks for it, when the version is about to be chosen",
                            Candidate::license)
                    .field("requiresPython", TEXT, "as written", Candidate::requiresPython)
                    .field(
                            "advisories",
                            LIST,
                            "ids of the known holes that it has and no rule sets aside",
                            Candidate::advisories)
                    .field(
                            "mendsAdvisory",
                            FLAG,
                            "it mends a known hole of the version in use",
                            Candidate::mendsAdvisory)
                    .field(
                            "direct",
                            FLAG,
                            "the project itself asks for the package",
                            Candidate::direct)
                    .field("group", TEXT, "the dependency group that asks for it", Candidate::group)
                    .field(
                            "installed",
                            FLAG,
                            "exactly this version is installed",
                            Candidate::installed)
                    .field("locked", FLAG, "exactly this version is in the lock", Candidate::locked)
                    .field(
                            "pinned",
                            FLAG,
                            "the project asks for exactly this one by `==`",
                            Candidate::pinned)
                    .field(
                            "installer",
                            TEXT,
                            "what the installed version came by (INSTALLER)",
                            Candidate::installer)
                    .build();

    /** The fields of a candidate, read from the candidate that it is. */
    public static final FactType COMPANION =
            new FactType(
                    "Companion",
                    Companion.class,
                    "another candidate, chosen beside it",
                    CANDIDATE.fields().stream().map(Facts::ofCompanion).toList());

    public static final FactType ADVISORY =
            FactType.of(Advisory.class, "a known hole of one version of a package")
                    .field("id", TEXT, "its CVE, else GHSA, else PYSEC name", Advisory::id)
                    .field("aliases", LIST, "its other names", Advisory::aliases)
                    .field("name", NAME, "", Advisory::name)
                    .field("version", VERSION, "", Advisory::version)
                    .choice(
                            "severity",
                            AdvisorySeverity.class,
                            "the highest that anybody gives it",
                            Advisory::severity)
                    .field(
                            "ageDays",
                            NUMBER,
                            "whole days since it was published",
                            Advisory::ageDays)
                    .field("mended", FLAG, "a later version without it is named", Advisory::mended)
                    .build();

    public static final FactType ARTIFACT =
            FactType.of(Artifact.class, "one file that is about to be installed")
                    .field("name", NAME, "", Artifact::name)
                    .field("version", VERSION, "", Artifact::version)
                    .choice("kind", ArtifactKind.class, "", Artifact::kind)
                    .field("index", HOST, "the host it came from", Artifact::index)
                    .field("sizeBytes", SIZE, "", Artifact::sizeBytes)
                    .field("nativeCode", FLAG, "it holds compiled code", Artifact::nativeCode)
                    .field(
                            "hashPinned",
                            FLAG,
                            "its hash was known beforehand",
                            Artifact::hashPinned)
                    .field(
                            "overwrites",
                            LIST,
                            "the distributions whose files it brings, or into whose packages",
                            Artifact::overwrites)
                    .build();

    public static final FactType BUILD =
            FactType.of(Build.class, "a source that is about to be built into a wheel")
                    .field("name", NAME, "none where only a build can say it", Build::name)
                    .field("version", VERSION, "none where only a build can say it", Build::version)
                    .field(
                            "backend",
                            TEXT,
                            "the object that builds it: setuptools.build_meta",
                            Build::backend)
                    .field("direct", FLAG, "the project itself asks for it", Build::direct)
                    .build();

    public static final FactType STARTUP_HOOK =
            FactType.of(StartupHook.class, "a file that Python reads at every start")
                    .field(
                            "distribution",
                            NAME,
                            "the distribution it belongs to",
                            StartupHook::distribution)
                    .field("version", VERSION, "", StartupHook::version)
                    .field("file", TEXT, "its path inside site-packages", StartupHook::file)
                    .choice("kind", HookKind.class, "", StartupHook::kind)
                    .field("executes", FLAG, "it runs code", StartupHook::executes)
                    .field("known", FLAG, "its text is known to do no harm", StartupHook::known)
                    .build();

    public static final FactType SYNC =
            FactType.of(Sync.class, "one synchronisation of the environment")
                    .choice("cause", Cause.class, "what set it off", Sync::cause)
                    .field("firstTime", FLAG, "nothing was installed here before", Sync::firstTime)
                    .field(
                            "conflicts",
                            NUMBER,
                            "disagreements between environment and packages",
                            Sync::conflicts)
                    .field("lockPresent", FLAG, "there is a lock", Sync::lockPresent)
                    .field("daysSinceLastSync", NUMBER, "", Sync::daysSinceLastSync)
                    .choice(
                            "lastOutcome",
                            SyncOutcome.class,
                            "how the one before ended",
                            Sync::lastOutcome)
                    .field("attempt", NUMBER, "1 for the first try", Sync::attempt)
                    .build();

    public static final FactType REQUIREMENT =
            FactType.of(Requirement.class, "one requirement of the project")
                    .field("name", NAME, "", Requirement::name)
                    .field("group", TEXT, "the dependency group that holds it", Requirement::group)
                    .field("direct", FLAG, "the project itself asks for it", Requirement::direct)
                    .field("specifier", TEXT, "as written", Requirement::specifier)
                    .build();

    public static final FactType STRATEGY =
            FactType.of(Strategy.class, "a strategy, to be defined")
                    .field("name", TEXT, "", Strategy::name)
                    .build();

    public static final FactType RELAXATION =
            FactType.of(LettingGo.class, "something that could be let go where there is no answer")
                    .choice("kind", RelaxationKind.class, "how", LettingGo::kind)
                    .field("package", NAME, "what it is about", LettingGo::packageName)
                    .field(
                            "direct",
                            FLAG,
                            "the project itself asks for the package",
                            LettingGo::direct)
                    .field(
                            "origin",
                            TEXT,
                            "the place that would change, or the rule that holds",
                            LettingGo::origin)
                    .build("Relaxation");

    public static final FactType MISSING_LAYER =
            FactType.of(MissingLayer.class, "a layer of the sandbox that this kernel lacks")
                    .choice("layer", SandboxLayer.class, "", MissingLayer::layer)
                    .build();

    public static final FactType VIOLATION =
            FactType.of(Violation.class, "what a session ran into, while it runs")
                    .choice("kind", ViolationKind.class, "what it ran into", Violation::kind)
                    .field(
                            "count",
                            NUMBER,
                            "how often in this session, of this kind and subject",
                            Violation::count)
                    .field(
                            "subject",
                            TEXT,
                            "host:port, a limit as it is written, a path, a wall",
                            Violation::subject)
                    .build();

    /** In the order of the reference. */
    public static final List<FactType> ALL =
            List.of(
                    SESSION,
                    DISTRIBUTION,
                    CONNECTION,
                    CANDIDATE,
                    COMPANION,
                    ADVISORY,
                    ARTIFACT,
                    BUILD,
                    STARTUP_HOOK,
                    SYNC,
                    REQUIREMENT,
                    STRATEGY,
                    RELAXATION,
                    MISSING_LAYER,
                    VIOLATION);

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
}
