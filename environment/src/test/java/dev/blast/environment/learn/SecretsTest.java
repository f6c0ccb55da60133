package dev.blast.environment.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretsTest {

    @ParameterizedTest
    @CsvSource({
        "/home/ada/.ssh/config, true",
        "/home/ada/.netrc, true",
        "/home/ada/.aws/config, true",
        "/home/ada/.config/gcloud/x, true",
        "/home/ada/keys/server.PEM, true",
        "/home/ada/.env, true",
        "/home/ada/.env.local, true",
        "/srv/shop/prod.env, true",
        "/srv/shop/prod.env.bak, true",
        "/srv/shop/.envrc, true",
        "/srv/shop/.envrc.local, true",
        "/home/ada/.config/rclone/rclone.conf, true",
        "/home/ada/.Xauthority, true",
        "/home/ada/.s3cfg, true",
        "/home/ada/.boto, true",
        "/srv/infra/terraform.tfstate, true",
        "/srv/infra/terraform.tfstate.backup, true",
        "/home/ada/.psql_history, true",
        "/home/ada/.bash_history, true",
        "/home/ada/.bash_history-01234.tmp, true",
        "/home/ada/.node_repl_history, true",
        "/home/ada/.zhistory, true",
        "/home/ada/.lesshst, true",
        "/home/ada/.local/share/fish/fish_history, true",
        "/srv/shop/price_history, false",
        "/srv/shop/price_history.csv, false",
        "/srv/shop/.venv/lib/site-packages/orders_history/x.py, false",
        "/srv/shop/envelope, false",
        "/srv/shop/history, false",
        "/home/ada/app/client_secret.json, true",
        "/home/ada/id_ed25519, true",
        "/etc/shadow, true",
        "/etc/ssl/private/x, true",
        "/etc/passwd, false",
        "/etc/ssl/certs/ca.crt, false",
        "/home/ada/data/prices.csv, false",
        "/home/ada/environment.yml, false",
        "/home/ada/keyboard, false"
    })
    void pathsByTheirNames(Path path, boolean secret) {
        assertThat(Secrets.isLike(path)).isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource({
        "API_TOKEN, x, true",
        "DB_PASSWORD, x, true",
        "AWS_SECRET_ACCESS_KEY, x, true",
        "stripe_api_key, x, true",
        "SENTRY_DSN, x, true",
        "SIGNING_KEY, x, true",
        "DATABASE_URL, postgres://ada:pw@db/x, true",
        "DATABASE_URL, postgres://db/x, false",
        "API_URL, https://api.example/v1, false",
        "KEYBOARD, de, false",
        "PWD, /home/ada, false",
        "REGION, eu, false"
    })
    void variablesByNameAndForm(String name, String value, boolean secret) {
        assertThat(Secrets.isLike(name, value)).isEqualTo(secret);
    }
}
