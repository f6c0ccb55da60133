package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.JsonObject;
import dev.blast.cli.report.Report;
import dev.blast.cli.syntax.Completions;
import dev.blast.cli.terminal.Palette;

/** {@code blast init SHELL}: what a shell's start file evaluates. */
public final class InitCommand implements Command {

    @Override
    public int run(Invocation invocation) {
        String shell = invocation.arguments().operands().getFirst();
        invocation.answer(new Script(shell, Completions.of(Completions.Shell.named(shell))));
        return Exit.DONE.code();
    }

    private record Script(String shell, String script) implements Report {
        @Override
        public String text(Palette palette) {
            return script;
        }

        @Override
        public JsonObject json() {
            return new JsonObject().with("shell", shell).with("script", script);
        }
    }
}
