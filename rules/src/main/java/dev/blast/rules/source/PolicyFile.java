package dev.blast.rules.source;

/**
 * One {@code .drl} file.
 *
 * @param displayPath how people call it: {@code policies/network.drl}
 * @param trusted whether the user stands behind exactly this content; looked at for {@link
 *     Layer#PROJECT} only
 */
public record PolicyFile(Layer layer, String displayPath, String text, boolean trusted) {

    /** An opening answer counts only from here. */
    public boolean mayOpen() {
        return layer != Layer.PROJECT || trusted;
    }
}
