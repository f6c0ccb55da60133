package dev.blast.environment.ledger;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.enforcer.gate.ProxyAnswer;
import dev.blast.enforcer.gate.ThroughProxy;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.TestRules;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a home of its own, and what is told to it. */
abstract class LedgerFixture {
    static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");
    static final Path PYTHON = Path.of("/usr/bin/python3");
    static final String RULES =
            """
            package test
            rule "artifacts" when Connection( host == "files.example", port == 443, toPrivate == false ) then allow(); end
            rule "not by ourselves" when Connection( host glob "*.internal" ) then deny( "ask the team" ); end
            """;

    @TempDir Path home;
    final List<String> said = Collections.synchronizedList(new ArrayList<>());
    final List<String> trouble = Collections.synchronizedList(new ArrayList<>());
    Policy policy;
    Context context;
    Directories directories;
    Environment environment;
    Ledgers ledgers;
    long attempts;

    @BeforeEach
    void anEnvironment() {
        policy = TestRules.policy(RULES);
        Path root = home.resolve("shop/.venv");
        context = TestRules.context(root);
        directories = Directories.of(Map.of(), home);
        environment = new Environment(root);
        ledgers = new Ledgers(directories, environment);
    }

    RunLedger begin() {
        var refusals =
                new RefusalLines(
                        new KeptDecisions(dossier()),
                        context.session(),
                        "blast run python fetch.py",
                        new Explanations(policy, context)::of,
                        List.of("corp.example"),
                        said::add);
        return ledgers.begin("blast run python fetch.py", refusals, said::add, trouble::add);
    }

    Dossier dossier() {
        return Dossier.of(directories, environment);
    }

    static String why(String what) {
        return "blast: refused to %s; why: blast check --explain '#ID'".formatted(what);
    }

    ConnectionAttempt reached(String host, int port, String address) {
        return attempt(connection(host, port, address, Protocol.TCP, PYTHON), Result.REACHED, 0);
    }

    ConnectionAttempt failed(String host, int port, int errno) {
        return attempt(connection(host, port, null, Protocol.TCP, PYTHON), Result.FAILED, errno);
    }

    ConnectionAttempt refused(String host, int port) {
        return refused(host, port, null);
    }

    ConnectionAttempt refused(String host, int port, @Nullable String address) {
        return attempt(connection(host, port, address, Protocol.TCP, PYTHON), Result.REFUSED, 0);
    }

    ConnectionAttempt datagram(String host, int port) {
        return attempt(connection(host, port, null, Protocol.UDP, null), Result.REFUSED, 0);
    }

    ConnectionAttempt lookUp(String name) {
        return datagram(name, 0);
    }

    ConnectionAttempt throughProxy(String host, int port, ProxyAnswer answer) {
        return attempt(
                connection(host, port, null, Protocol.TCP, PYTHON),
                answer.errno() == 0 ? Result.REACHED : Result.FAILED,
                answer.errno(),
                new ThroughProxy("p.example:3128", false, answer));
    }

    ConnectionAttempt attempt(Connection asked, Result result, int errno) {
        return attempt(asked, result, errno, null);
    }

    synchronized ConnectionAttempt attempt(
            Connection asked, Result result, int errno, @Nullable ThroughProxy proxy) {
        attempts++;
        return new ConnectionAttempt(
                attempts,
                NINE.plusSeconds(attempts),
                4312,
                asked,
                policy.judge(asked, context),
                result,
                errno,
                proxy);
    }

    static Connection connection(
            String host,
            int port,
            @Nullable String address,
            Protocol protocol,
            @Nullable Path program) {
        return new Connection(
                host,
                port,
                address == null ? null : InetAddress.ofLiteral(address),
                protocol,
                Direction.OUT,
                program,
                false,
                false,
                false,
                false);
    }
}
