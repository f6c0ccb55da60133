package dev.blast.cli.command;

import dev.blast.rules.explain.Explanation.Looked;
import dev.blast.rules.explain.ProposalTerms.Kept;

/** Where the facts of an explained question came from, in words. */
final class FactOrigins {
    private FactOrigins() {}

    static String of(Looked looked, AskedAs asker) {
        return switch (looked.fact()) {
            case "Session" -> session(looked.field(), asker);
            case "Distribution" -> "what is installed in the environment";
            case "Connection" ->
                    switch (looked.field()) {
                        case "host", "port" -> "the question";
                        case "toIndex" -> "the configured package indexes";
                        case "address", "toLoopback", "toPrivate", "toMetadataService" ->
                                "the host, where it is an address";
                        default -> "an outgoing TCP connection is asked about";
                    };
            case "Build" ->
                    switch (looked.field()) {
                        case "backend" -> "the source itself";
                        case "direct" -> "the project's requirements";
                        default -> "the question";
                    };
            case "Candidate", "Companion" ->
                    switch (looked.field()) {
                        case "name", "version" -> "the question";
                        case "direct", "group", "pinned" -> "the project's requirements";
                        case "installed", "installer" -> "what is installed in the environment";
                        case "locked" -> "the lock";
                        case "license" -> "the version's metadata";
                        case "advisories", "mendsAdvisory" -> "the known holes";
                        default -> "the package index";
                    };
            default -> "the question";
        };
    }

    private static String session(String field, AskedAs asker) {
        return switch (field) {
            case "user" -> "who runs Blast";
            case "ci" ->
                    asker.keeps().contains(Kept.CI)
                            ? "--ci"
                            : "the variable CI where Blast was started";
            case "interactive" -> "whether a person sits at a terminal";
            case "environment" -> "the environment's name";
            case "project" -> "the folder of the project";
            case "home" -> "the variable HOME";
            case "prefix" -> "the environment's folder";
            case "command" ->
                    asker.keeps().contains(Kept.COMMAND)
                            ? "--as"
                            : "what is asked for where --as names nothing else";
            case "purpose" ->
                    asker.keeps().contains(Kept.PURPOSE)
                            ? "--purpose"
                            : "what is asked for where --purpose names nothing else";
            default -> "the environment's interpreter";
        };
    }
}
