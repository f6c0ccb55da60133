package dev.blast.enforcer.text;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.plan.LeftOut;
import dev.blast.enforcer.plan.NoMachineCode;
import dev.blast.enforcer.plan.NotFoundWhy;
import dev.blast.enforcer.plan.Problem;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Why there is no plan, a sentence without a stop each. */
public final class PlanningText {
    private PlanningText() {}

    /** In the order given. */
    public static List<String> of(List<Problem> problems) {
        return problems.stream().map(PlanningText::of).toList();
    }

    private static String of(Problem problem) {
        return switch (problem) {
            case Problem.NothingStarts(NoMachineCode why) -> of(why);
            case Problem.WorkingDirectory(Path directory) ->
                    "no rule makes the working directory " + directory + " visible";
            case Problem.TemporaryLeftOut(LeftOut leftOut) ->
                    "%s, temporary by %s, leads through %s, a symbolic link in a folder granted for writing, which is not followed; name the folder that is meant"
                            .formatted(
                                    leftOut.grant().path(),
                                    leftOut.grant().reason().origin(),
                                    leftOut.link());
            case Problem.CopyTakesMounts() -> "a throwaway copy of the project takes namespaces";
            case Problem.TakesMounts(Path path, Access access) ->
                    "%s is %s in a folder that is visible, which takes namespaces"
                            .formatted(path, access.name().toLowerCase(Locale.ROOT));
        };
    }

    private static String of(NoMachineCode why) {
        String page = "Blast starts confined programs through a page of machine code, and ";
        return switch (why) {
            case NoMachineCode.OtherSystem(String system) ->
                    "programs are confined by Linux, and this is "
                            + system
                            + "; in a virtual machine with Linux they run, and everything that runs none of them works here";
            case NoMachineCode.ForProcessor(String processor) ->
                    page + "has none for " + processor + " yet; on x86-64 and AArch64 it does";
            case NoMachineCode.Refused(int errno) ->
                    page
                            + "this system does not let a process make one: "
                            + Errno.sentence(errno)
                            + "; SELinux calls this permission execmem";
        };
    }

    /** Of a program. */
    public static String of(NotFoundWhy why) {
        return switch (why) {
            case NotFoundWhy.NoName() ->
                    "no program has an empty name; an unset variable in quotes leaves one";
            case NotFoundWhy.NotText() ->
                    "a program whose own name is not text in UTF-8 cannot be started";
            case NotFoundWhy.NotThere() -> "no rule makes it visible, or it does not exist";
            case NotFoundWhy.NoPath() -> "the policy passes no PATH to look for it";
            case NotFoundWhy.NotOnPath(String path) ->
                    "it is in no folder of PATH that a rule makes visible (" + path + ")";
        };
    }
}
