package dev.blast.index.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.settings.SettingTable.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of other tools' settings are followed, named, or without effect. */
class SettingTableTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    index-url             | https://a.example/ | FOLLOWED
                    constraint            | c.txt              | FOLLOWED
                    client-cert           | me.pem             | FOLLOWED
                    keyring-provider      | subprocess         | NAMED
                    keyring-provider      | disabled           | WITHOUT_EFFECT
                    no-deps               | yes                | NAMED
                    no-deps               | No                 | WITHOUT_EFFECT
                    no-cache-dir          | 1                  | NAMED
                    uploaded-prior-to     | P3D                | NAMED
                    pre                   | 1                  | FOLLOWED
                    no-binary             | :all:              | FOLLOWED
                    only-binary           | :all:              | FOLLOWED
                    target                | /x                 | NAMED
                    ignore-requires-python | 1                 | NAMED
                    no-proxy-env          | 1                  | NAMED
                    upgrade-strategy      | eager              | NAMED
                    upgrade-strategy      | only-if-needed     | WITHOUT_EFFECT
                    disable-pip-version-check | 1              | WITHOUT_EFFECT
                    of-next-year          | 1                  | NAMED
                    """)
    void optionsOfPip(String name, String value, Reading reading) {
        assertThat(SettingTable.PIP.of(name, value)).isEqualTo(reading);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INDEX                 | https://a.example/ | FOLLOWED
                    INSECURE_HOST         | a.example          | FOLLOWED
                    NATIVE_TLS            | true               | FOLLOWED
                    PYTHON                | 3.12               | FOLLOWED
                    EXCLUDE_NEWER         | 2026-01-01         | FOLLOWED
                    RESOLUTION            | lowest             | NAMED
                    RESOLUTION            | highest            | WITHOUT_EFFECT
                    INDEX_STRATEGY        | unsafe-best-match  | FOLLOWED
                    INDEX_STRATEGY        | first-index        | FOLLOWED
                    FROZEN                | 1                  | NAMED
                    LOCKED                | 0                  | WITHOUT_EFFECT
                    NO_DEV                | true               | NAMED
                    NO_VERIFY_HASHES      | 1                  | NAMED
                    INSECURE_NO_ZIP_VALIDATION | 1             | NAMED
                    SYSTEM_PYTHON         | 1                  | NAMED
                    S3_ENDPOINT_URL       | https://s3.example | NAMED
                    CONFIG_FILE           | /x/uv.toml         | NAMED
                    LINK_MODE             | copy               | WITHOUT_EFFECT
                    PUBLISH_TOKEN         | secret             | WITHOUT_EFFECT
                    OF_NEXT_YEAR          | 1                  | NAMED
                    """)
    void variablesOfUv(String name, String value, Reading reading) {
        assertThat(SettingTable.UV_VARIABLES.of(name, value)).isEqualTo(reading);
    }

    @Test
    void whatIsNamedIsSaidByTheNameThatPeopleSet() throws Exception {
        Path home = folder.resolve("home");
        Path environment = folder.resolve("env");
        write(
                "home/.config/uv/uv.toml",
                "prerelease = 'allow'\nlink-mode = 'copy'\n[pip]\nno-deps = true\n");
        write("etc/uv/uv.toml", "x = ");
        write("project/uv.toml", "exclude-newer = '2026-01-01'\noffline = false\n");
        write("env/pip.conf", "[install]\ntrusted-host = a.example\n[global]\ncert = x\n");
        write("home/.config/pip/pip.conf", "[global]\nno-deps = 1\n[freeze]\nall = 1\n");
        Map<String, String> variables =
                new HashMap<>(
                        Map.of(
                                "UV_INDEX_CORP_PASSWORD", "secret",
                                "UV_INTERNAL__BUILD_DIR", "/x",
                                "UV_KEYRING_PROVIDER", "subprocess",
                                "UV", "/usr/bin/uv",
                                "PIP_TARGET", "/x",
                                "PIP_NO_CACHE_DIR", "off"));
        ForeignSettings settings =
                ForeignSettings.read(
                        variables, home, folder, environment, folder.resolve("project"));
        assertThat(settings.unread())
                .containsExactly(
                        "'no-deps' in pip's configuration",
                        "PIP_TARGET",
                        "'cert' in " + environment.resolve("pip.conf"),
                        "'trusted-host' in " + environment.resolve("pip.conf"),
                        "UV_KEYRING_PROVIDER",
                        folder.resolve("etc/uv/uv.toml") + " (cannot be read)",
                        "pip, prerelease of " + home.resolve(".config/uv/uv.toml"),
                        "exclude-newer of " + folder.resolve("project/uv.toml"));
    }

    private void write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
