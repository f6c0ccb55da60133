package dev.blast.index.settings;

import dev.blast.packaging.Host;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What becomes of each setting that pip and uv have. One that is in no list is one that Blast does
 * not know, and is named as those are that it knows and does not follow.
 *
 * <p>Source: pip's options (26), uv's reference of environment variables and of settings (0.11).
 */
public final class SettingTable {

    /** What Blast does about a setting. */
    public enum Reading {
        /** Followed, or said on its own where it is not. */
        FOLLOWED,
        /** Not followed; it may change what is chosen, whom to trust, or where things go. */
        NAMED,
        /** About what Blast has not (builds, uploads, downloads of Python), or does anyway. */
        WITHOUT_EFFECT
    }

    /** Options of pip by long name, as {@code PIP_*} and its files have them. */
    public static final SettingTable PIP =
            new SettingTable(
                    """
                    index-url pypi-url extra-index-url find-links no-index cert client-cert proxy timeout
                    default-timeout retries trusted-host constraint require-hashes config-file no-binary
                    only-binary pre
                    """,
                    """
                    break-system-packages build-constraint build-option cache-dir check-build-dependencies
                    compile config-settings debug disable-pip-version-check exists-action format
                    global-option help isolated local-log log log-file no-build-isolation no-clean no-color
                    no-compile no-input no-python-version-warning no-require-hashes no-use-pep517
                    no-user no-warn-conflicts no-warn-script-location prefer-binary
                    progress-bar quiet require-venv require-virtualenv resume-retries root-user-action src
                    source source-dir source-directory use-deprecated use-feature use-pep517 verbose version
                    """,
                    "keyring-provider=disabled keyring-provider=auto upgrade-strategy=only-if-needed");

    /** uv's variables without {@code UV_}. */
    public static final SettingTable UV_VARIABLES =
            new SettingTable(
                    """
                    OFFLINE DEFAULT_INDEX INDEX INDEX_URL EXTRA_INDEX_URL FIND_LINKS NO_INDEX INSECURE_HOST
                    REQUIRE_HASHES CONSTRAINT INDEX_STRATEGY EXCLUDE_NEWER HTTP_TIMEOUT REQUEST_TIMEOUT HTTP_RETRIES PYTHON
                    PYTHON_INSTALL_DIR PROJECT_ENVIRONMENT NATIVE_TLS SYSTEM_CERTS NO_BUILD NO_BUILD_PACKAGE
                    NO_BINARY NO_BINARY_PACKAGE PRERELEASE
                    """,
                    """
                    BREAK_SYSTEM_PACKAGES BUILD_CONSTRAINT CACHE_DIR COMMIT_DATE COMMIT_HASH
                    COMMIT_SHORT_HASH COMPILE_BYTECODE COMPILE_BYTECODE_TIMEOUT CONCURRENT_BUILDS
                    CONCURRENT_CACHE_READS CONCURRENT_INSTALLS CUSTOM_COMPILE_COMMAND DOWNLOAD_URL
                    GITHUB_FAST_PATH_URL GITHUB_TOKEN GIT_LFS HIDE_BUILD_OUTPUT INIT_BARE
                    INIT_BUILD_BACKEND INSTALLER_GHE_BASE_URL INSTALLER_GITHUB_BASE_URL INSTALL_DIR
                    ISOLATED LAST_TAG LAST_TAG_DISTANCE LINK_MODE LOCK_TIMEOUT LOG_CONTEXT
                    NO_BUILD_ISOLATION NO_CONFIG NO_ENV_FILE NO_GITHUB_FAST_PATH
                    NO_HF_TOKEN NO_INSTALLER_METADATA NO_INSTALL_PROJECT NO_MODIFY_PATH NO_PROGRESS
                    NO_SYSTEM_CONFIG NO_WRAP PREVIEW PREVIEW_FEATURES PUBLISH_CHECK_URL PUBLISH_INDEX
                    PUBLISH_NO_ATTESTATIONS PUBLISH_PASSWORD PUBLISH_TOKEN PUBLISH_URL PUBLISH_USERNAME
                    PYPY_INSTALL_MIRROR PYTHON_BIN_DIR PYTHON_CACHE_DIR PYTHON_CPYTHON_BUILD
                    PYTHON_DOWNLOADS PYTHON_DOWNLOADS_JSON_URL PYTHON_GRAALPY_BUILD PYTHON_INSTALL_BIN
                    PYTHON_INSTALL_MIRROR PYTHON_INSTALL_REGISTRY PYTHON_NO_REGISTRY PYTHON_PYODIDE_BUILD
                    PYTHON_PYPY_BUILD RUN_MAX_RECURSION_DEPTH RUN_RECURSION_DEPTH RUN_RLIMIT_NOFILE
                    SHOW_RESOLUTION STACK_SIZE TOOL_BIN_DIR TOOL_DIR UNMANAGED_INSTALL UPDATE_SCHEMA
                    UPLOAD_HTTP_TIMEOUT VENV_CLEAR VENV_SEED
                    """,
                    "KEYRING_PROVIDER=disabled RESOLUTION=highest");

    /** Keys of {@code uv.toml}; those of {@code [tool.uv]} are the project's to read. */
    public static final SettingTable UV_KEYS =
            new SettingTable(
                    "workspace sources conflicts managed package",
                    """
                    add-bounds audit break-system-packages build-backend build-constraint-dependencies
                    cache-dir cache-keys check-url compile-bytecode concurrent-builds concurrent-installs
                    config-settings config-settings-package environments extra-build-dependencies
                    extra-build-variables link-mode native-tls no-build-isolation
                    no-build-isolation-package no-progress preview preview-features
                    publish-url pypy-install-mirror python-downloads python-downloads-json-url
                    python-install-mirror required-environments system-certs trusted-publishing
                    """,
                    "index-strategy=first-index keyring-provider=disabled resolution=highest"
                            + " prerelease=if-necessary-or-explicit prerelease=if-necessary");

    private static final Set<String> OFF = Set.of("0", "false", "no", "n", "f", "off", "[]", "{}");

    private final Map<String, Reading> readings = new HashMap<>();
    private final Set<String> usual;

    /**
     * @param usual {@code name=value} where the value asks for what Blast does anyway
     */
    private SettingTable(String followed, String withoutEffect, String usual) {
        words(followed).forEach(name -> readings.put(name, Reading.FOLLOWED));
        words(withoutEffect).forEach(name -> readings.put(name, Reading.WITHOUT_EFFECT));
        this.usual = words(usual);
    }

    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        for (var each = new StringTokenizer(text); each.hasMoreTokens(); ) {
            words.add(each.nextToken());
        }
        return words;
    }

    /** Whether a value switches a setting off. */
    static boolean isOff(String value) {
        String bare = Host.lower(value.strip());
        return bare.isEmpty() || OFF.contains(bare);
    }

    /** What becomes of a setting with this value; one that is switched off need not be followed. */
    public Reading of(String name, String value) {
        Reading reading = readings.getOrDefault(name, Reading.NAMED);
        String bare = Host.lower(value.strip());
        boolean plain = isOff(value) || usual.contains(name + "=" + bare);
        return reading == Reading.NAMED && plain ? Reading.WITHOUT_EFFECT : reading;
    }
}
