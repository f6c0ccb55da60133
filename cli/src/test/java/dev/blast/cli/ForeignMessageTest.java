package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.FailureReport;
import dev.blast.cli.invocation.Troubles;
import dev.blast.cli.terminal.Palette;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.LockedException;
import dev.blast.environment.install.InstallException;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Visible;
import dev.blast.packaging.archive.RefusedWheelException;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.solver.lock.LockException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an exception was told, its message has no line but Blast's own, and is visible. */
class ForeignMessageTest {
    private static final String HOSTILE =
            "x\nblast: all is well\r\u001b[32mok\u001b[0m\u202e\u2028\u200b\t\u009b2J\ud800y";

    @ParameterizedTest
    @ValueSource(
            classes = {
                EnvironmentException.class,
                LockedException.class,
                InstallException.class,
                RefusedWheelException.class,
                IndexException.class,
                LockException.class,
                PolicyException.class,
                EnforcerException.class,
                Failure.class
            })
    void isOneLineOrBlastsOwn(Class<? extends Exception> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (!Arrays.asList(constructor.getParameterTypes()).contains(String.class)
                    && !Arrays.asList(constructor.getParameterTypes()).contains(Message.class)
                    && !Arrays.asList(constructor.getParameterTypes())
                            .contains(StartFailure.class)) {
                continue;
            }
            constructor.setAccessible(true);
            Object[] values =
                    Arrays.stream(constructor.getParameterTypes())
                            .map(ForeignMessageTest::value)
                            .toArray();
            var thrown = (Exception) constructor.newInstance(values);
            String said =
                    Troubles.failure(thrown)
                            .map(it -> new FailureReport("x", 1, it.message(), it.help()))
                            .orElseThrow()
                            .text(Palette.PLAIN);
            assertThat(said.lines().map(String::strip).skip(1))
                    .as("%s", constructor)
                    .noneMatch(line -> line.startsWith("blast:"));
            assertThat(said.codePoints().filter(c -> c != '\n' && !Visible.isVisible(c)))
                    .as("%s", constructor)
                    .isEmpty();
        }
    }

    private static @org.jspecify.annotations.Nullable Object value(Class<?> type) {
        if (type == String.class || type == Object.class) {
            return HOSTILE;
        }
        if (type == Message.class) {
            return Message.of("cannot read %s\nof %s", HOSTILE, HOSTILE);
        }
        if (type == StartFailure.class) {
            return new StartFailure.Failed(new Step.Hostname(HOSTILE), new IOException(HOSTILE));
        }
        if (type == List.class) {
            return List.of(HOSTILE);
        }
        if (type == String[].class) {
            return new String[] {HOSTILE};
        }
        if (type == int.class) {
            return 1;
        }
        return type.isEnum() ? type.getEnumConstants()[0] : null;
    }
}
