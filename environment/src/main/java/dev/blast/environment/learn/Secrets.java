package dev.blast.environment.learn;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What looks like a secret, by its name alone: no file is opened to find out. */
final class Secrets {
    /** A name anywhere on the way. */
    private static final Set<String> NAMES =
            Set.of(
                    ".ssh",
                    ".gnupg",
                    ".aws",
                    ".azure",
                    ".kube",
                    ".docker",
                    ".netrc",
                    "_netrc",
                    ".npmrc",
                    ".pypirc",
                    ".git-credentials",
                    ".pgpass",
                    ".my.cnf",
                    ".password-store",
                    ".vault-token",
                    ".mozilla",
                    ".thunderbird",
                    "rclone.conf",
                    ".xauthority",
                    ".s3cfg",
                    ".boto",
                    "gcloud",
                    "gh",
                    "google-chrome",
                    "chromium",
                    "keyrings",
                    "shadow",
                    "shadow-",
                    "gshadow",
                    "gshadow-",
                    "sudoers",
                    "sudoers.d");

    private static final List<Path> PLACES =
            List.of(Path.of("/etc/ssl/private"), Path.of("/etc/ssh"));

    private static final Pattern FILE =
            Pattern.compile(
                    ".*(secret|credential|password|passwd|token|apikey|api_key|private).*"
                            + "|.*\\.env(\\..*)?|\\.envrc.*|.*\\.tfstate(\\..*)?|\\.(.*_history|histfile|zhistory|lesshst|viminfo|dbshell)([-.].*)?|fish_history|id_(rsa|dsa|ecdsa|ed25519).*"
                            + "|.*\\.(pem|key|p12|pfx|jks|keystore|keytab|kdbx|ovpn|asc|gpg)");

    private static final Pattern VARIABLE =
            Pattern.compile(
                    ".*(SECRET|CREDENTIAL|PASSWORD|PASSWD|PASSPHRASE|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE|COOKIE|SESSION|AUTH).*"
                            + "|(.*_)?(KEY|PW|PWD|PASS|DSN)");

    private static final Pattern ADDRESS_WITH_PASSWORD = Pattern.compile("\\w+://[^/\\s]*@.*");

    private Secrets() {}

    /** Of a file or folder; {@code /etc/passwd} holds none. */
    static boolean isLike(Path path) {
        if (path.equals(Path.of("/etc/passwd"))) {
            return false;
        }
        for (Path part : path) {
            if (NAMES.contains(part.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return PLACES.stream().anyMatch(path::startsWith)
                || FILE.matcher(path.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
    }

    /** Of a variable, by what it is called and by the form of what it holds. */
    static boolean isLike(String variable, String value) {
        boolean named =
                !variable.equals("PWD")
                        && VARIABLE.matcher(variable.toUpperCase(Locale.ROOT)).matches();
        return named || ADDRESS_WITH_PASSWORD.matcher(value).matches();
    }
}
