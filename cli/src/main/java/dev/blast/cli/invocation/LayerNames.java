package dev.blast.cli.invocation;

import dev.blast.cli.syntax.Arguments;
import dev.blast.rules.fact.SandboxLayer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The layers of the sandbox on the command line, see {@link SandboxLayer#title}. */
public final class LayerNames {
    private LayerNames() {}

    /** What {@code --accept-missing} names; the parser has checked the words. */
    public static Set<SandboxLayer> accepted(Arguments arguments) {
        Set<SandboxLayer> layers = EnumSet.noneOf(SandboxLayer.class);
        for (String word : arguments.values("--accept-missing")) {
            layers.add(SandboxLayer.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return layers;
    }
}
