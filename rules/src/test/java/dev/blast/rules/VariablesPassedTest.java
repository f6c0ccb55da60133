package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallRights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VariablesPassedTest {
    private static final Reason REASON =
            new Reason(new Origin("a.drl", 1, 1), "a", Layer.USER, "passVariable", "");

    @ParameterizedTest
    @CsvSource({
        "*, LANG, true",
        "*, HTTPS_PROXY, false",
        "*, http_proxy, false",
        "HTTP*, HTTP_PROXY, false",
        "all_prox*, all_proxy, false",
        "HTTPS_PROXY, HTTPS_PROXY, true",
        "HTTPS_PROXY, https_proxy, false",
        "*, NO_PROXY, true",
        "*, MY_HTTP_PROXY, true",
    })
    void noPatternTellsWhereAProxyIs(String pattern, String variable, boolean passed) {
        var policy =
                new SandboxPolicy(
                        List.of(),
                        Limits.NONE,
                        Map.of(pattern, REASON),
                        Map.of(),
                        Map.of(),
                        SyscallRights.NONE,
                        List.of(),
                        List.of());
        assertThat(policy.passes(variable)).isEqualTo(passed);
    }
}
