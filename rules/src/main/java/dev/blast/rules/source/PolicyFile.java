package dev.blast.rules.source;

/**
 * One {@code .drl} file.
 *
 * @param displayPath how people call it: {@code policies/network.drl}
 * @param trusted whether somebody stands behind exactly this content: the person behind a project's
 *     files, and behind those of a layer whoever alone may write them
 */
public record PolicyFile(Layer layer, String displayPath, String text, boolean trusted) {

    /** The same where somebody stands behind it. */
    public PolicyFile asTrusted() {
        return new PolicyFile(layer, displayPath, text, true);
    }

    /** Whether it lies where a person or root put it, and others may write it, too. */
    public boolean isExposed() {
        return layer != Layer.PROJECT && !trusted;
    }
}
