package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names nobody looks for, and which somebody may. */
class OwnUseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".cache",
                ".bash_history",
                "tmpab3d_9x1",
                "tmpab3d_9x1.json",
                "tmpabcdefgh-wal",
                "tmp.Xb3kQ91aZz",
                "pytest-of-root",
                "pip-unpack-x1",
                "pip-modern-metadata-kfjwhqzr",
                "pip-install-q_3vx0ab",
                "hsperfdata_root",
                "matplotlib-q7x",
                "node-compile-cache",
                "__pycache__",
                "x.pyc",
                "uv-1234.lock",
                "uv-setuptools-4bd8c4e5d1f0a2b3.lock",
                "server.pid"
            })
    void ownUse(String name) {
        assertThat(OwnUse.is(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.pdf",
                "out",
                "tmp",
                "tmp.csv",
                "tmp1",
                "tmpresults",
                "tmpresults_of_march.csv",
                "pytest.xml",
                "pip.txt",
                "pip-list.txt",
                "pip-install-log.txt",
                "uv-report.json",
                "uv.lock",
                "results.lock",
                "matplotlib",
                "node",
                "locked",
                "a.lock.csv",
                "results.",
                "ü"
            })
    void somebodys(String name) {
        assertThat(OwnUse.is(name)).isFalse();
    }
}
