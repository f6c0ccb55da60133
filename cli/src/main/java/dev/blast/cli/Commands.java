package dev.blast.cli;

import dev.blast.cli.command.CheckCommand;
import dev.blast.cli.command.CleanCommand;
import dev.blast.cli.command.InitCommand;
import dev.blast.cli.command.KillCommand;
import dev.blast.cli.command.ListCommand;
import dev.blast.cli.command.PolicyCommand;
import dev.blast.cli.command.RunCommand;
import dev.blast.cli.command.ShellCommand;
import dev.blast.cli.command.StartCommand;
import dev.blast.cli.command.SyncCommand;
import dev.blast.cli.command.TrustCommand;
import dev.blast.cli.command.WhyCommand;
import dev.blast.cli.invocation.Command;

/** From a command's name to what does it. Only the one that is asked for is loaded. */
final class Commands {
    private Commands() {}

    static Command named(String name) {
        return switch (name) {
            case "start" -> new StartCommand();
            case "sync" -> new SyncCommand();
            case "run" -> new RunCommand();
            case "shell" -> new ShellCommand();
            case "check" -> new CheckCommand();
            case "kill" -> new KillCommand();
            case "clean" -> new CleanCommand();
            case "list" -> new ListCommand();
            case "why" -> new WhyCommand();
            case "policy" -> new PolicyCommand();
            case "trust" -> new TrustCommand();
            case "init" -> new InitCommand();
            default ->
                    throw new IllegalStateException(
                            "in the table of commands, but nothing does it: " + name);
        };
    }
}
