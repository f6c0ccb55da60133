package dev.blast.environment.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.gate.PathUse;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the paths that were named rules would have to give. */
final class SeenNeedsTest {
    /** Nobody asks it here. */
    private static final Gatekeeper NOBODY =
            new Gatekeeper() {
                @Override
                public Judgement judge(Connection asked) {
                    throw new IllegalStateException("nothing connects");
                }

                @Override
                public Judgement lookUp(String name) {
                    throw new IllegalStateException("no name is looked up");
                }

                @Override
                public void attempted(ConnectionAttempt attempt) {}

                @Override
                public void carried(ConnectionAttempt.Traffic traffic) {}
            };

    @TempDir Path temporary;
    private final OpenEyes eyes = new OpenEyes(NOBODY, true);
    private Path home;
    private Path project;

    @BeforeEach
    void aHome() throws Exception {
        home = temporary.toRealPath().resolve("home/ada");
        project = Files.createDirectories(home.resolve("src/shop"));
        for (String file :
                List.of(
                        "data/a",
                        "data/b",
                        "data/c",
                        "keys/one",
                        "keys/two",
                        "keys/three",
                        "keys/my.pem",
                        ".netrc",
                        "notes",
                        "src/shop/own",
                        "src/shop/locked/x")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "x");
        }
        Files.createSymbolicLink(home.resolve("harmless"), home.resolve(".netrc"));
    }

    private SeenNeeds needs(Path... changed) {
        return needs(false, changed);
    }

    private SeenNeeds needs(boolean hasFailed, Path... changed) {
        List<PathGrant> grants = new ArrayList<>();
        grants.add(grant(project, Access.WRITABLE));
        grants.add(grant(project.resolve("locked"), Access.READABLE));
        grants.add(grant(project.resolve(".git"), Access.READABLE));
        return SeenNeeds.of(
                eyes,
                new SandboxPolicy(
                        grants,
                        Limits.NONE,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        SyscallRights.NONE,
                        List.of(),
                        List.of()),
                project,
                home,
                List.of(changed),
                hasFailed,
                Map.of("API_URL", "x", "API_TOKEN", "x"));
    }

    private static PathGrant grant(Path path, Access access) {
        return new PathGrant(
                path, access, OptionalLong.empty(), Reason.ofBlast("test", "test", "test"));
    }

    private void named(PathUse use, String... paths) {
        for (String path : paths) {
            eyes.names(home.resolve(path), use);
        }
    }

    @Test
    void whatRulesGiveOrIsNotThereIsNoNeed() {
        named(PathUse.READ, "src/shop/own", "src/shop/locked/x", "no/such", "src", ".");
        eyes.names(Path.of("/proc/self/maps"), PathUse.READ);
        eyes.names(Path.of("/etc/resolv.conf"), PathUse.READ);
        assertThat(needs().reads()).isEmpty();
    }

    @Test
    void filesOfOneFolderAreTheFolderUnlessASecretLiesThere() {
        named(PathUse.READ, "data/a", "data/b");
        named(PathUse.LOOK, "data/c", "data", "keys");
        named(PathUse.READ, "keys/one", "keys/two", "keys/three");
        assertThat(needs().reads())
                .containsExactly(
                        home.resolve("data"),
                        home.resolve("keys/one"),
                        home.resolve("keys/three"),
                        home.resolve("keys/two"));
    }

    @Test
    void secretsAreNamedAndNotProposedThroughLinksEither() {
        named(PathUse.READ, ".netrc", "harmless", "keys/my.pem");
        SeenNeeds needs = needs();
        assertThat(needs.reads()).isEmpty();
        assertThat(needs.closed())
                .containsKeys(
                        "read " + home.resolve(".netrc"),
                        "read " + home.resolve("harmless"),
                        "read " + home.resolve("keys/my.pem"),
                        "variable API_TOKEN");
        assertThat(needs.variables()).containsExactly("API_URL");
    }

    @Test
    void whatIsToBeWrittenIsItsFolderUnlessThatIsTooWide() {
        named(PathUse.WRITE, ".cache/shop/x", "notes", "src/shop/locked/x", "src/shop/new");
        SeenNeeds needs = needs(project.resolve("locked/y"), project.resolve("out/z"));
        assertThat(needs.writes())
                .containsExactly(home.resolve(".cache/shop"), project.resolve("locked"));
        assertThat(needs.closed())
                .containsEntry(
                        "write " + home.resolve("notes"), "too much lies there for one program")
                .containsEntry("write " + project.resolve("locked/x"), "rules let it be read only");
    }

    /** A program that failed may have failed for a folder that it did not even list. */
    @Test
    void aFolderThatWasLookedAtCountsAfterAFailure() {
        named(PathUse.LOOK, "data", "keys", "no/such");
        assertThat(needs(false).reads()).isEmpty();
        assertThat(needs(true).reads()).containsExactly(home.resolve("data"));
    }

    /** In the place of a folder that is not written in earnest its files are to be read still. */
    @Test
    void whatIsReadBelowWhatIsWrittenIsKnown() throws Exception {
        Files.createDirectories(home.resolve("data/deep"));
        Files.writeString(home.resolve("data/deep/x"), "x");
        named(PathUse.READ, "data/a", "data/b", "data/c", "data/deep/x", "data");
        named(PathUse.WRITE, "data/out");
        SeenNeeds needs = needs();
        assertThat(needs.writes()).containsExactly(home.resolve("data"));
        assertThat(needs.reads()).isEmpty();
        assertThat(needs.inner())
                .containsExactly(
                        home.resolve("data/a"),
                        home.resolve("data/b"),
                        home.resolve("data/c"),
                        home.resolve("data/deep/x"));
        assertThat(needs.and(needs, home, project).inner()).isEqualTo(needs.inner());
        assertThat(needs.isEmptyBeside(needs)).isTrue();
    }

    /** What is protected before it is there is not to be made by opening the project. */
    @Test
    void whatIsProtectedAndAbsentIsNotProposed() {
        SeenNeeds needs = needs(project.resolve(".git/config"), project.resolve(".git"));
        assertThat(needs.writes()).isEmpty();
        assertThat(needs.closed())
                .containsEntry(
                        "write " + project.resolve(".git"),
                        "rules protect it, though it is not there yet")
                .containsKey("write " + project.resolve(".git/config"));
    }

    /** A folder that was only listed is opened with all that is in it, however deep. */
    @Test
    void aFolderWithASecretDeepInItIsNotOpened() throws Exception {
        for (String file : List.of("work/sib/.ssh/id_rsa", "work/app/conf/.env", "work/ok/a/b/c")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "x");
        }
        named(PathUse.READ, "work/sib", "work/app", "work/ok");
        named(PathUse.WRITE, "work/app/out", "work/ok/out");
        SeenNeeds needs = needs();
        assertThat(needs.reads()).isEmpty();
        assertThat(needs.writes()).containsExactly(home.resolve("work/ok"));
        assertThat(needs.closed())
                .containsEntry(
                        "read " + home.resolve("work/sib"), "something in it looks like a secret")
                .containsEntry(
                        "read " + home.resolve("work/app"), "something in it looks like a secret")
                .containsEntry(
                        "write " + home.resolve("work/app/out"),
                        "something in it looks like a secret");
    }

    @Test
    void whatIsOfTheSystemOrLeadsOutOfTheProjectIsNotWritten() throws Exception {
        Files.createSymbolicLink(project.resolve("out"), home.resolve("data"));
        Files.createSymbolicLink(home.resolve("way"), Path.of("/etc"));
        for (String path : List.of("/etc/cron.d/x", "/usr/local/bin/x", "/var/spool/cron/x")) {
            eyes.names(Path.of(path), PathUse.WRITE);
        }
        named(PathUse.WRITE, "way/cron.d/x");
        named(PathUse.READ, "way");
        SeenNeeds needs = needs(project.resolve("locked/y"));
        assertThat(needs.writes()).containsExactly(project.resolve("locked"));
        assertThat(needs.reads()).isEmpty();
        assertThat(needs.closed())
                .containsEntry("write /etc/cron.d/x", "what lies there is the system's")
                .containsEntry(
                        "write " + home.resolve("way/cron.d/x"), "what lies there is the system's")
                .containsEntry(
                        "read " + home.resolve("way"), "too much lies there for one program");
        var closed = new TreeMap<String, String>();
        var reading =
                new PathReading(
                        new SandboxPolicy(
                                List.of(),
                                Limits.NONE,
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                SyscallRights.NONE,
                                List.of(),
                                List.of()),
                        project,
                        home,
                        closed);
        reading.write(project.resolve("out/x"));
        assertThat(closed)
                .containsEntry("write " + project.resolve("out/x"), "it leads out of the project");
    }
}
