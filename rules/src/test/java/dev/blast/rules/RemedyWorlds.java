package dev.blast.rules;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Advisory;
import dev.blast.rules.fact.AdvisorySeverity;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.HookKind;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.MissingLayer;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Session;
import dev.blast.rules.fact.StartupHook;
import dev.blast.rules.question.CompanionsQuestion;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Records;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small policies in several layers, and something to ask of them: by seed. */
final class RemedyWorlds {
    /** What is asked about, by the simple names of the inquiries. */
    static final List<String> KINDS = List.of("Subject", "Thing");

    private static final PolicyFile SPEAKS_OF_NOTHING =
            new PolicyFile(
                    Layer.SHIPPED,
                    "shipped.drl",
                    "rule \"s\" when Strategy( name == \"s\" ) then rank( 1, \"newest\" ); end",
                    true);

    private static final List<String> COMMANDS = List.of("python", "pytest");

    private RemedyWorlds() {}

    record World(List<PolicyFile> files, Context context, Inquiry inquiry) {}

    /** A question, asked of the explanations and of the rules alone. */
    interface Inquiry {
        Explanation explained(Explanations why) throws PolicyException;

        String verdict(Policy policy, Context context) throws PolicyException;

        default Inquiry otherwise(String field, String to) {
            return this;
        }
    }

    record Subject(Judged about) implements Inquiry {
        @Override
        public Explanation explained(Explanations why) {
            return why.of(about);
        }

        @Override
        public String verdict(Policy policy, Context context) {
            return policy.judge(about, context).outcome().name();
        }

        @Override
        public Inquiry otherwise(String field, String to) {
            String name = field.substring(field.indexOf('.') + 1);
            if (field.startsWith("Session.")) {
                return this;
            }
            if (about instanceof Connection connection && name.equals("host")) {
                return new Subject(connection.named((String) value(to)));
            }
            Object changed = Records.with(about, name, value(to));
            return new Subject(
                    (Judged)
                            (name.equals("pinned")
                                    ? Records.with(changed, "direct", true)
                                    : changed));
        }
    }

    record Thing(String kind, String value) implements Inquiry {
        @Override
        public Explanation explained(Explanations why) throws PolicyException {
            return switch (kind) {
                case "read" -> why.ofReading(Path.of(value));
                case "write" -> why.ofWriting(Path.of(value));
                case "access" -> why.ofAccess(Path.of(value));
                case "variable" -> why.ofVariable(value);
                default -> why.ofSyscall(value);
            };
        }

        @Override
        public String verdict(Policy policy, Context context) throws PolicyException {
            SandboxPolicy sandbox = policy.sandbox(context);
            return switch (kind) {
                case "read" -> said(sandbox.reading(Path.of(value)).allowed());
                case "write" -> said(sandbox.writing(Path.of(value)).allowed());
                case "access" ->
                        sandbox.deciding(Path.of(value))
                                .map(it -> it.access().name())
                                .orElse("ABSENT");
                case "variable" ->
                        sandbox.setVariables().containsKey(value)
                                ? "SET to \"" + sandbox.setVariables().get(value) + "\""
                                : sandbox.passes(value) ? "PASSED" : "ABSENT";
                default -> said(sandbox.syscalls().of(value).allowed());
            };
        }
    }

    private static String said(boolean allowed) {
        return allowed ? "ALLOWED" : "DENIED";
    }

    static Context otherwise(Context context, String field, String to) {
        return field.startsWith("Session.")
                ? context.as(
                        (Session)
                                Records.with(
                                        context.session(),
                                        field.substring("Session.".length()),
                                        value(to)))
                : context;
    }

    private static Object value(String shown) {
        String text = shown.replace("\"", "");
        return text.matches("\\d+")
                ? Long.valueOf(text)
                : text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    }

    static World of(long seed) {
        var random = new Random(seed);
        int kind = random.nextInt(12);
        List<PolicyFile> files = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            files.addAll(Fixtures.shipped());
        } else {
            files.add(SPEAKS_OF_NOTHING);
        }
        boolean trusted = random.nextBoolean();
        files.add(file(Layer.PROJECT, "policies/own.drl", kind, random, trusted));
        if (random.nextBoolean()) {
            files.add(file(Layer.PROJECT, "policies/" + place(kind), kind, random, trusted));
        }
        if (random.nextBoolean()) {
            files.add(file(Layer.USER, "~/own.drl", kind, random, true));
        }
        if (random.nextInt(6) == 0) {
            files.add(file(Layer.SYSTEM, "/etc/own.drl", kind, random, true));
        }
        var installed = new ArrayList<Distribution>();
        if (random.nextBoolean()) {
            installed.add(
                    new Distribution(new PackageName("torch"), Version.parse("2.5"), true, null));
        }
        Session session =
                (Session)
                        Records.with(
                                Fixtures.session(Purpose.RUN),
                                "command",
                                COMMANDS.get(random.nextInt(COMMANDS.size())));
        return new World(files, new Context(session, installed), inquiry(kind, random));
    }

    private static String place(int kind) {
        return switch (kind) {
            case 0 -> "network.drl";
            case 1 -> "packages.drl";
            default -> "filesystem.drl";
        };
    }

    private static Inquiry inquiry(int kind, Random random) {
        var name = new PackageName(random.nextBoolean() ? "httpx" : "torch");
        Version version = Version.parse(random.nextBoolean() ? "1.0" : "2.0");
        return switch (kind) {
            case 0 ->
                    new Subject(
                            Connection.to(
                                    List.of("a.example", "b.example", "169.254.169.254")
                                            .get(random.nextInt(3)),
                                    random.nextBoolean() ? 443 : 80,
                                    random.nextBoolean()));
            case 1 -> new Subject(candidate(name, version, random));
            case 2 ->
                    new Subject(
                            new CompanionsQuestion.Pair(
                                    candidate(name, version, random),
                                    new Companion(Fixtures.candidate("anyio", "4.0"))));
            case 3 ->
                    new Subject(
                            new Artifact(
                                    name,
                                    version,
                                    random.nextBoolean() ? ArtifactKind.WHEEL : ArtifactKind.SDIST,
                                    "index.example",
                                    random.nextInt(3) * 1_000_000L,
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    List.of()));
            case 4 ->
                    new Subject(
                            new StartupHook(
                                    name,
                                    version,
                                    "x.pth",
                                    HookKind.PTH,
                                    random.nextBoolean(),
                                    false));
            case 5 ->
                    new Subject(
                            new MissingLayer(
                                    random.nextBoolean()
                                            ? SandboxLayer.SECCOMP
                                            : SandboxLayer.CGROUP));
            case 11 ->
                    new Subject(
                            new Advisory(
                                    "CVE-2026-1",
                                    List.of(),
                                    name,
                                    version,
                                    AdvisorySeverity.HIGH,
                                    3L,
                                    random.nextBoolean()));
            case 6 -> new Thing("read", path(random));
            case 7 -> new Thing("write", path(random));
            case 8 -> new Thing("access", path(random));
            case 9 -> new Thing("variable", random.nextBoolean() ? "TOKEN" : "LC_ALL");
            default -> new Thing("syscall", random.nextBoolean() ? "mount" : "ptrace");
        };
    }

    private static Candidate candidate(PackageName name, Version version, Random random) {
        Candidate one = Fixtures.candidate(name.normalized(), version.toString());
        Object it = Records.with(one, "ageDays", (long) random.nextInt(30));
        it = Records.with(it, "released", Instant.parse("2026-01-31T12:00:00Z"));
        it = Records.with(it, "yanked", random.nextInt(3) == 0);
        return (Candidate) Records.with(it, "wheel", random.nextBoolean());
    }

    private static String path(Random random) {
        return List.of("/srv/data/x.csv", "/srv/data", "/srv/data/keys/a", "/opt/tool")
                .get(random.nextInt(4));
    }

    private static PolicyFile file(
            Layer layer, String name, int kind, Random random, boolean trusted) {
        var text = new StringBuilder();
        int rules = 1 + random.nextInt(3);
        for (int i = 0; i < rules; i++) {
            text.append(
                    "rule \"%s %d\"%s when %s%s then %s end%n"
                            .formatted(
                                    name.substring(name.lastIndexOf('/') + 1),
                                    i,
                                    layer == Layer.SYSTEM && random.nextBoolean() ? " @final" : "",
                                    context(random),
                                    subject(kind, random),
                                    statement(kind, random)));
        }
        return new PolicyFile(layer, name, text.toString(), trusted);
    }

    private static String context(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "Session( command == \"pytest\" ) ";
            case 1 -> "Session( ci == true ) ";
            case 2 -> "exists Distribution( name == \"torch\" ) ";
            case 3 -> "Session( command in ( \"python\", \"black\" ), purpose == RUN ) ";
            default -> "Session( ) ";
        };
    }

    private static String subject(int kind, Random random) {
        return switch (kind) {
            case 0 ->
                    random.nextBoolean()
                            ? "Connection( host == \"%s.example\", port %s %d )"
                                    .formatted(
                                            random.nextBoolean() ? "a" : "b",
                                            List.of("==", ">", "<=").get(random.nextInt(3)),
                                            random.nextBoolean() ? 443 : 80)
                            : "Connection( host glob \"*.example\" )";
            case 1 ->
                    "Candidate( "
                            + List.of(
                                            "ageDays < 7",
                                            "ageDays > 100000",
                                            "ageDays >= 14, wheel == true",
                                            "yanked == true, pinned == false",
                                            "mendsAdvisory == true",
                                            "name == \"httpx\"",
                                            "")
                                    .get(random.nextInt(7))
                            + " )";
            case 2 ->
                    "Candidate( name == \"%s\" ) Companion( name == \"anyio\", version < \"%d\" )"
                            .formatted(
                                    random.nextBoolean() ? "httpx" : "torch",
                                    3 + random.nextInt(3));
            case 3 ->
                    "Artifact( "
                            + List.of(
                                            "kind == SDIST",
                                            "hashPinned == true",
                                            "sizeBytes > \"1 MB\"",
                                            "nativeCode == true, name == \"torch\"",
                                            "")
                                    .get(random.nextInt(5))
                            + " )";
            case 4 ->
                    "StartupHook( "
                            + List.of("executes == true", "known == true", "file == \"x.pth\"", "")
                                    .get(random.nextInt(4))
                            + " )";
            case 5 -> "MissingLayer( layer == SECCOMP )";
            case 11 -> "Advisory( mended == %s )".formatted(random.nextBoolean());
            default -> "";
        };
    }

    private static String statement(int kind, Random random) {
        return switch (kind) {
            case 0, 3 -> random.nextInt(3) == 0 ? "deny( \"no\" );" : "allow();";
            case 1 ->
                    List.of("deny( \"no\" );", "hold( \"later\" );", "allow();", "allow();")
                            .get(random.nextInt(4));
            case 2 -> "deny( \"not together\" );";
            case 4 -> random.nextInt(3) == 0 ? "deny( \"no\" );" : "allow();";
            case 5 -> "accept( \"we know\" );";
            case 11 -> "ignore( \"we know\" );";
            case 9 ->
                    List.of(
                                    "passVariable( \"TOKEN\" );",
                                    "passVariable( \"LC_*\" );",
                                    "setVariable( \"TOKEN\", \"x\" );")
                            .get(random.nextInt(3));
            case 10 ->
                    List.of(
                                    "allowSyscalls( \"mount\" );",
                                    "denySyscalls( \"mount\" );",
                                    "denySyscalls( \"@debug\" );",
                                    "allowSyscalls( \"@default\" );")
                            .get(random.nextInt(4));
            default ->
                    "%s( \"%s\" );"
                            .formatted(
                                    List.of("readable", "writable", "hidden")
                                            .get(random.nextInt(3)),
                                    List.of("/srv", "/srv/data", "/srv/data/keys", "/opt/tool")
                                            .get(random.nextInt(4)));
        };
    }
}
