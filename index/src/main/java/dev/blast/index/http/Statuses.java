package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.packaging.Message;

/** What statuses mean, said once. */
final class Statuses {

    private Statuses() {}

    /**
     * Goes on only with 200: a part (206) was not asked for.
     *
     * @param what was asked for, for the message
     */
    static void expectOk(HttpAnswer answer, String what) throws IndexException {
        String where = answer.where();
        int status = answer.status();
        if (status == 200) {
            return;
        }
        if (status == 407) {
            throw new IndexException(
                    Kind.REFUSED, Message.of("%s: %s", where, NetworkFailure.UNKNOWN_TO_PROXY));
        }
        if (answer.isRefused()) {
            throw new IndexException(
                    Kind.REFUSED,
                    Message.of(
                            "%s: %s was refused (%d)\ncredentials come from the index address, or from ~/.netrc for host %s",
                            where, what, status, answer.uri().getHost()));
        }
        if (answer.isMissing()) {
            throw new IndexException(
                    Kind.NOT_FOUND, "%s: %s is not there (%d)".formatted(where, what, status));
        }
        throw new IndexException(
                Kind.NETWORK, "%s: %s came back as status %d".formatted(where, what, status));
    }
}
