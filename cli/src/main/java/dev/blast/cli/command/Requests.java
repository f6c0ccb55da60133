package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;

/** Packages and versions as they are typed on a command line. */
final class Requests {
    private Requests() {}

    /**
     * A name, with or without versions: {@code httpx<3}.
     *
     * @param taker what it was typed for
     */
    static Requirement versions(String typed, String taker) throws Failure {
        try {
            Requirement requirement = Requirement.parse(typed);
            if (requirement.extras().isEmpty()
                    && requirement.url() == null
                    && requirement.marker() == null) {
                return requirement;
            }
        } catch (InvalidSyntaxException e) {
            throw new Failure(
                    Exit.USAGE,
                    "%s '%s': %s".formatted(taker, typed, e.getMessage()),
                    "such as httpx, httpx==0.28.1 or 'httpx<3'");
        }
        throw new Failure(
                Exit.USAGE,
                "%s takes the name of a package and versions, not '%s'".formatted(taker, typed),
                "such as httpx, httpx==0.28.1 or 'httpx<3'; extras, markers and addresses are said in the project");
    }

    static PackageName name(String typed) throws Failure {
        try {
            return new PackageName(typed);
        } catch (InvalidSyntaxException e) {
            String plain = typed.replaceFirst("(?<=[A-Za-z0-9])\\s*[\\[<>=!~;@ ].*$", "");
            String help = plain.equals(typed) ? "such as httpx" : "by its name alone: " + plain;
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()), help);
        }
    }
}
