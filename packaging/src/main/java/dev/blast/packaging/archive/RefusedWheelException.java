package dev.blast.packaging.archive;

import dev.blast.packaging.Visible;
import java.io.IOException;

/** An archive is not a wheel that can be trusted to be what it says. Nothing of it was kept. */
public final class RefusedWheelException extends IOException {
    private static final long serialVersionUID = 1;
    private final String wheel;
    private final Refusal refusal;
    private final String sentence;

    public RefusedWheelException(String wheel, Refusal refusal, Object subject) {
        super(Visible.of("%s was refused: %s".formatted(wheel, refusal.sentence(subject))));
        this.wheel = wheel;
        this.refusal = refusal;
        this.sentence = refusal.sentence(subject);
    }

    /** What is wrong with it, without its name. */
    public String sentence() {
        return sentence;
    }

    /** The file name of the archive. */
    public String wheel() {
        return wheel;
    }

    /** Which rule of the format, or of safety, it breaks. */
    public Refusal refusal() {
        return refusal;
    }
}
