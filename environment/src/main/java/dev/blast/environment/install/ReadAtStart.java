package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import java.io.IOException;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which files the interpreter of an environment reads whenever it starts, by where they lie. */
public final class ReadAtStart {
    private final String site;
    private final Pattern inSitePackages;

    public ReadAtStart(Interpreter interpreter) throws IOException {
        this.site = interpreter.venvScheme().purelib() + "/";
        var modules =
                new TreeSet<>(new StandardLibrary(interpreter.standardLibrary()).askedForAtStart());
        modules.add("sitecustomize");
        modules.add("usercustomize");
        this.inSitePackages =
                Pattern.compile(
                        "[^/]+\\.(?:pth|start)|(?:%s)(?:\\.[^/]+|/__init__\\.[^/]+)"
                                .formatted(String.join("|", modules)));
    }

    /**
     * Whether a file there is read at each start.
     *
     * @param target relative to the environment's root
     */
    public boolean reads(String target) {
        return target.startsWith(site)
                ? inSitePackages.matcher(target.substring(site.length())).matches()
                : Frame.configures(target);
    }
}
