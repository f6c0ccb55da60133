package dev.blast.cli;

import dev.blast.cli.command.AddCommand;
import dev.blast.cli.command.AdvisoriesCommand;
import dev.blast.cli.command.CheckCommand;
import dev.blast.cli.command.CleanCommand;
import dev.blast.cli.command.DiffCommand;
import dev.blast.cli.command.HistoryCommand;
import dev.blast.cli.command.InitCommand;
import dev.blast.cli.command.KillCommand;
import dev.blast.cli.command.LearnCommand;
import dev.blast.cli.command.ListCommand;
import dev.blast.cli.command.LoadCommand;
import dev.blast.cli.command.LogCommand;
import dev.blast.cli.command.PolicyCommand;
import dev.blast.cli.command.RemoveCommand;
import dev.blast.cli.command.ReturnCommand;
import dev.blast.cli.command.RunCommand;
import dev.blast.cli.command.SaveCommand;
import dev.blast.cli.command.ShellCommand;
import dev.blast.cli.command.StartCommand;
import dev.blast.cli.command.StoreCommand;
import dev.blast.cli.command.SyncCommand;
import dev.blast.cli.command.TrustCommand;
import dev.blast.cli.command.WhyCommand;
import dev.blast.cli.command.WhyNotCommand;
import dev.blast.cli.invocation.Command;
import dev.blast.cli.syntax.CommandName;

/** From a command's name to what does it. Only the one that is asked for is loaded. */
final class Commands {
    private Commands() {}

    static Command named(CommandName name) {
        return switch (name) {
            case START -> new StartCommand();
            case SYNC -> new SyncCommand();
            case ADD -> new AddCommand();
            case REMOVE -> new RemoveCommand();
            case RUN -> new RunCommand();
            case SHELL -> new ShellCommand();
            case CHECK -> new CheckCommand();
            case LEARN -> new LearnCommand();
            case LOG -> new LogCommand();
            case LIST -> new ListCommand();
            case WHY -> new WhyCommand();
            case WHY_NOT -> new WhyNotCommand();
            case KILL -> new KillCommand();
            case CLEAN -> new CleanCommand();
            case HISTORY -> new HistoryCommand();
            case DIFF -> new DiffCommand();
            case UNDO, REDO, ROLLBACK -> new ReturnCommand(name);
            case SAVE -> new SaveCommand();
            case LOAD -> new LoadCommand();
            case STORE -> new StoreCommand();
            case POLICY -> new PolicyCommand();
            case TRUST -> new TrustCommand();
            case ADVISORIES -> new AdvisoriesCommand();
            case INIT -> new InitCommand();
        };
    }
}
