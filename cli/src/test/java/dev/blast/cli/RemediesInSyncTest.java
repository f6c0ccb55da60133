package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is proposed where rules refuse a version, two together, a file, what runs at a start, or
 * count an advisory: done as its text says and tried in a sync, which fails before and afterwards
 * does not. {@code -Dremedies.all=true} tries every combination.
 */
@Timeout(900)
final class RemediesInSyncTest extends ShopFixture {
    private static final boolean ALL = Boolean.getBoolean("remedies.all");

    /** Of the combinations, where not all are tried. */
    private static final int EACH = 13;

    private static final LocalDate UPLOADED = LocalDate.of(2020, 1, 1);
    private static final Pattern WAIT = Pattern.compile("wait (\\d+) days?.*");

    private static final Pattern PIN = Pattern.compile("ask for exactly (\\S+) in the project.*");

    private static final String DENY = "deny( \"no\" );";
    private static final String HOLD = "hold( \"later\" );";

    private LocalDate uploaded = LocalDate.EPOCH;
    private int denials;
    private int remedies;

    /**
     * Something that is refused.
     *
     * @param needs what the project asks for
     * @param explained the words after {@code check --explain}; empty where the sync itself says
     * @param brought what a sync then says
     */
    private record Case(List<String> needs, String explained, String brought, List<Placed> rules) {}

    /** Rules of one place. */
    private record Placed(Where where, String text) {}

    private enum Where {
        USER,
        PROJECT,
        TRUSTED
    }

    RemediesInSyncTest() {
        super(
                TestWheel.of("base", "1.0"),
                TestWheel.of("words", "1.0").under("MIT"),
                TestWheel.of("words", "2.0").under("GPL-3.0-only"),
                TestWheel.of("words", "3.0rc1"),
                TestWheel.of("old", "1.0").announced("\"yanked\": true"),
                TestWheel.of("greeter", "1.0"),
                TestWheel.of("greeter", "2.0"),
                TestWheel.of("native", "1.0").tagged("py3-none-linux_x86_64"),
                TestWheel.of("clash", "1.0").holding("words.py", "import this\n"),
                TestWheel.of("tracing", "2.4").holding("tracing.pth", "import tracing\n"));
    }

    @Test
    void doesWhatItSays() throws IOException {
        var cases = new ArrayList<Case>();
        candidates(cases);
        companions(cases);
        files(cases);
        hooks(cases);
        for (int at = 0; at < cases.size(); at += ALL ? 1 : EACH) {
            holds(cases.get(at));
        }
        advisories();
        assertThat(denials).isGreaterThanOrEqualTo(ALL ? 100 : 12);
        System.out.printf("%d denials, %d remedies made and tried%n", denials, remedies);
    }

    private void holds(Case one) throws IOException {
        lay(one);
        Cli.Said before = blast("sync");
        assertThat(before.exit()).as("%s, before: %s", one, before.out()).isNotZero();
        String said =
                one.explained().isEmpty() ? unindented(before.err()) : explained(one.explained());
        List<List<String>> groups = DoneAsSaid.groups(said);
        boolean liftable = said.contains("lets it be chosen");
        assertThat(!groups.isEmpty() || liftable || said.contains("no way"))
                .as("%s%n%s", one, said)
                .isTrue();
        denials++;
        for (List<String> group : groups) {
            lay(one);
            made(group);
            assertThat(tried(one, "sync")).as("%s%n%s%n%s", one, group, said).isTrue();
            remedies++;
        }
        if (liftable) {
            lay(one);
            String version = one.explained().replaceAll("package ", "");
            assertThat(tried(one, "sync", "--lift", version)).as("%s", one).isTrue();
            remedies++;
        }
    }

    private boolean tried(Case one, String... argv) {
        Cli.Said after = blast(argv);
        return after.exit() == 0 && after.out().contains(one.brought());
    }

    private void made(List<String> group) throws IOException {
        Matcher wait = WAIT.matcher(group.getFirst());
        if (wait.matches()) {
            uploadedOn(UPLOADED.minusDays(Long.parseLong(wait.group(1))));
        }
        Matcher pin = PIN.matcher(group.getFirst());
        if (pin.matches()) {
            ask(pin.group(1));
        }
        new DoneAsSaid(home, project, this::blast).make(group);
    }

    /** Waiting for days is the same as having been uploaded earlier; no page is remembered. */
    private void uploadedOn(LocalDate day) throws IOException {
        uploaded = day;
        uploaded(day + "T00:00:00Z");
        remove(home.resolve(".cache"));
    }

    private String explained(String words) {
        Cli.Said said = blast(("check --explain " + words).split(" "));
        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        return said.out();
    }

    /** As it stands below an error. */
    private static String unindented(String said) {
        return said.lines()
                .map(line -> line.replaceFirst("^  ", ""))
                .reduce("", (a, b) -> a + b + "\n");
    }

    private void candidates(List<Case> cases) {
        long age = ChronoUnit.DAYS.between(UPLOADED, LocalDate.now(ZoneOffset.UTC));
        var needs = List.of("words==2.0");
        for (String condition :
                List.of(
                        "name == \"words\"",
                        "name == \"words\", version >= \"2\"",
                        "name == \"words\", version satisfies \">=2,<3\"",
                        "name == \"words\", license == \"GPL-3.0-only\"",
                        "license matches \"GPL.*\"",
                        "name == \"words\", direct == true",
                        "name == \"words\", prerelease == false",
                        "name == \"words\", yanked == false",
                        "name == \"words\", pinned == true",
                        "name == \"words\", wheel == true",
                        "name == \"words\", locked == false, installed == false",
                        "name == \"words\", downloadBytes > \"1 B\"",
                        "name == \"words\", ageDays > 30",
                        "name == \"words\", ageDays < %d".formatted(age + 3),
                        "name == \"words\", ageDays < %d".formatted(age + 300),
                        "name == \"words\", index == \"127.0.0.1\"")) {
            for (String verb : List.of(DENY, HOLD)) {
                String rule = rule("r", "Candidate( " + condition + " )", verb);
                for (Where where : Where.values()) {
                    cases.add(
                            new Case(
                                    needs,
                                    "package words==2.0",
                                    "words 2.0",
                                    List.of(new Placed(where, rule))));
                }
            }
            cases.add(
                    new Case(
                            needs,
                            "package words==2.0",
                            "words 2.0",
                            List.of(
                                    new Placed(
                                            Where.USER,
                                            rule("u", "Candidate( " + condition + " )", DENY)),
                                    new Placed(
                                            Where.PROJECT,
                                            rule("p", "Candidate( " + condition + " )", HOLD)))));
        }
        cases.add(new Case(List.of("old"), "package old==1.0", "old 1.0", List.of()));
        cases.add(new Case(List.of("old>=1"), "package old==1.0", "old 1.0", List.of()));
    }

    private void companions(List<Case> cases) {
        for (String pair :
                List.of(
                        "Candidate( name == \"words\" ) Companion( name == \"greeter\" )",
                        "Candidate( name == \"greeter\", version >= \"2\" ) Companion( name == \"words\", version >= \"2\" )",
                        "Candidate( name == \"words\", $v : version ) Companion( name == \"greeter\", version == $v )")) {
            for (Where where : Where.values()) {
                cases.add(
                        new Case(
                                List.of("words==2.0", "greeter==2.0"),
                                "package words==2.0 with greeter==2.0",
                                "greeter 2.0",
                                List.of(new Placed(where, rule("apart", pair, DENY)))));
            }
        }
    }

    private void files(List<Case> cases) {
        for (String condition :
                List.of(
                        "",
                        "name == \"native\"",
                        "nativeCode == true",
                        "kind == WHEEL",
                        "hashPinned == false",
                        "sizeBytes > \"1 B\"",
                        "name == \"native\", version == \"1.0\"")) {
            for (Where where : Where.values()) {
                cases.add(
                        new Case(
                                List.of("native==1.0"),
                                "",
                                "native 1.0",
                                List.of(
                                        new Placed(
                                                where,
                                                rule(
                                                        "files",
                                                        "Artifact( " + condition + " )",
                                                        DENY)))));
            }
        }
        cases.add(new Case(List.of("words==2.0", "clash"), "", "clash 1.0", List.of()));
    }

    private void hooks(List<Case> cases) {
        var needs = List.of("tracing==2.4");
        cases.add(new Case(needs, "", "tracing 2.4", List.of()));
        for (String condition : List.of("", "executes == true", "distribution == \"tracing\"")) {
            String deny = rule("hooks", "StartupHook( " + condition + " )", DENY);
            String allow = rule("read", "StartupHook( " + condition + " )", "allow();");
            String narrow =
                    rule(
                            "once",
                            "StartupHook( distribution == \"tracing\", version == \"2.3\" )",
                            "allow();");
            for (Where where : Where.values()) {
                cases.add(new Case(needs, "", "tracing 2.4", List.of(new Placed(where, deny))));
                cases.add(new Case(needs, "", "tracing 2.4", List.of(new Placed(where, narrow))));
            }
            cases.add(
                    new Case(needs, "", "tracing 2.4", List.of(new Placed(Where.PROJECT, allow))));
            cases.add(
                    new Case(
                            needs,
                            "",
                            "tracing 2.4",
                            List.of(
                                    new Placed(Where.PROJECT, allow),
                                    new Placed(Where.USER, deny))));
        }
    }

    /** What counts is named by check, and afterwards it is set aside. */
    private void advisories() throws IOException {
        Path osv = home.resolve("one.json");
        Files.writeString(
                osv,
                """
                {"id": "PYSEC-2025-1", "aliases": ["CVE-2025-0001"], "affected": [{"package": {"ecosystem": "PyPI", "name": "words"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}
                """);
        done("advisories", "update", "--from", osv.toString());
        for (Placed rules :
                List.of(
                        new Placed(Where.USER, ""),
                        new Placed(
                                Where.PROJECT,
                                rule(
                                        "a",
                                        "Advisory( name == \"words\" )",
                                        "ignore( \"we know\" );")),
                        new Placed(
                                Where.TRUSTED,
                                rule(
                                        "a",
                                        "Advisory( severity == HIGH )",
                                        "ignore( \"we know\" );")),
                        new Placed(
                                Where.USER,
                                rule(
                                        "a",
                                        "Advisory( mended == true )",
                                        "ignore( \"we know\" );")))) {
            var one = new Case(List.of("words==2.0"), "advisory pysec-2025-1", "", List.of(rules));
            lay(one);
            done("sync");
            assertThat(blast("check", "--explain").out()).contains("words 2.0: CVE-2025-0001");
            Cli.Said said = blast("check", "--explain", "advisory", "pysec-2025-1");
            assertThat(said.exit()).isEqualTo(1);
            List<List<String>> groups = DoneAsSaid.groups(said.out());
            assertThat(groups).as(said.out()).isNotEmpty();
            denials++;
            for (List<String> group : groups) {
                lay(one);
                done("sync");
                made(group);
                assertThat(blast("check", "--explain").out())
                        .as("%s%n%s", one, group)
                        .contains("set aside");
                remedies++;
            }
        }
    }

    private static String rule(String name, String when, String then) {
        return "rule \"%s\" when %s then %s end%n".formatted(name, when, then);
    }

    /** As it was, and then as the case has it. */
    private void lay(Case one) throws IOException {
        if (!uploaded.equals(UPLOADED)) {
            uploadedOn(UPLOADED);
        }
        for (Path gone :
                List.of(project.resolve("policies"), home.resolve(".config/blast/policies"))) {
            remove(gone);
        }
        blast("trust", "--revoke");
        ask("base");
        done("sync");
        Files.delete(project.resolve("pylock.toml"));
        ask(one.needs().toArray(String[]::new));
        for (Placed placed : one.rules()) {
            Path folder =
                    placed.where() == Where.USER
                            ? home.resolve(".config/blast/policies")
                            : project.resolve("policies");
            if (!placed.text().isEmpty()) {
                rules(folder, placed.text());
            }
            if (placed.where() == Where.TRUSTED) {
                done("trust");
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            Files.delete(path);
        } else if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
